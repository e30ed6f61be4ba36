package io.fitroute.strava.export.streams;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.track.FileMaker;
import io.fitroute.fit.track.TrackWriter;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Writes what Strava tells of an activity as a FIT file: a point for each point of the streams, a
 * lap for each lap, the session as Strava sums it up. Without streams, session and lap alone.
 */
public final class FitFromStreams {

  private final FileMaker maker;

  /** Names the version of the running program. */
  public FitFromStreams() {
    this.maker = FileMaker.ofProgram();
  }

  /**
   * @param softwareVersion of fitroute, with two digits behind the point
   */
  public FitFromStreams(double softwareVersion) {
    this.maker = new FileMaker(softwareVersion);
  }

  /**
   * Writes a file, which is created, or emptied when it exists.
   *
   * @throws CannotSynthesise if FIT cannot express the activity's times
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
      new TrackWriter(synthesised.track(), synthesised.stopwatch(), synthesised.start())
          .writeTo(writer, synthesised.end());
      new SessionSummary(synthesised).writeTo(writer);
      writer.finish(
          new io.fitroute.fit.Activity(
              synthesised.end(), synthesised.timerTime(), details.offset()));
    }
  }

  /**
   * The serial number tells activities apart whose owner hides the start, which gives all of a day
   * the same one.
   */
  private static OptionalLong serialNumber(ActivityDetails details) {
    return OptionalLong.of(1 + Integer.toUnsignedLong(details.id().hashCode()) % 0xFFFF_FFFFL);
  }
}
