package io.fitroute.strava.export.streams;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.track.FileMaker;
import io.fitroute.fit.track.TrackWriter;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Writes an activity from Strava's API as a FIT file: a record per point of the streams, a lap per
 * lap, and a session with Strava's summary. Without streams it has just session and lap.
 */
public final class FitFromStreams {

  private final FileMaker maker;

  /** Uses the version of the running program. */
  public FitFromStreams() {
    this.maker = FileMaker.ofProgram();
  }

  /**
   * @param softwareVersion fitroute's version, with two decimal digits
   */
  public FitFromStreams(double softwareVersion) {
    this.maker = new FileMaker(softwareVersion);
  }

  /**
   * Writes a file, replacing an existing one.
   *
   * @throws CannotSynthesise if FIT cannot represent the activity's times
   * @throws IOException if the file cannot be written
   */
  public void write(Path file, Activity activity, StreamSet streams)
      throws IOException, CannotSynthesise {
    SynthesisedActivity synthesised = SynthesisedActivity.of(activity, streams);
    ActivityDetails details = synthesised.details();
    try (ActivityFileWriter writer =
        maker.create(
            file,
            serialNumber(details),
            details.start(),
            details.deviceName(),
            synthesised.track().fields())) {
      TrackWriter.write(writer, synthesised.track(), synthesised.stopwatch(), synthesised.end());
      new SessionSummary(synthesised).writeTo(writer);
      writer.finish(
          new io.fitroute.fit.Activity(
              synthesised.end(), synthesised.timerTime(), details.offset()));
    }
  }

  /**
   * The serial number distinguishes activities with hidden starts, which are equal for all
   * activities of a day.
   */
  private static OptionalLong serialNumber(ActivityDetails details) {
    return OptionalLong.of(1 + Integer.toUnsignedLong(details.id().hashCode()) % 0xFFFF_FFFFL);
  }
}
