package io.fitroute.strava.export.streams;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Device;
import io.fitroute.fit.FileId;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Writes an activity from Strava's API as a FIT file: a record per point of the streams, a lap per
 * lap, and a session with Strava's summary. Without streams it has just session and lap.
 *
 * <p>The file names fitroute as its creator, with FIT's development manufacturer number, and lists
 * the recording device among the devices.
 */
public final class FitFromStreams {

  /** The product name in the files. */
  public static final String PRODUCT_NAME = "fitroute";

  private static final int PRODUCT = 0;
  private static final int RECORDING_DEVICE = 1;

  private final double softwareVersion;

  /** Uses the version of the running program. */
  public FitFromStreams() {
    this(SoftwareVersion.ofProgram());
  }

  /**
   * @param softwareVersion fitroute's version, with two decimal digits
   */
  public FitFromStreams(double softwareVersion) {
    this.softwareVersion = softwareVersion;
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
        ActivityFileWriter.create(file, fileId(details), TrackWriter.fields(streams))) {
      writer.creator(softwareVersion);
      writer.device(
          device(
              details,
              Device.CREATOR,
              Optional.of(PRODUCT_NAME),
              OptionalDouble.of(softwareVersion)));
      if (details.deviceName().isPresent()) {
        writer.device(
            device(details, RECORDING_DEVICE, details.deviceName(), OptionalDouble.empty()));
      }
      new TrackWriter(synthesised).writeTo(writer);
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
  private static FileId fileId(ActivityDetails details) {
    return new FileId(
        FileId.DEVELOPMENT,
        PRODUCT,
        OptionalLong.of(1 + Integer.toUnsignedLong(details.id().hashCode()) % 0xFFFF_FFFFL),
        details.start(),
        Optional.of(PRODUCT_NAME));
  }

  private static Device device(
      ActivityDetails details, int index, Optional<String> name, OptionalDouble version) {
    return new Device(
        details.start(), index, FileId.DEVELOPMENT, PRODUCT, OptionalLong.empty(), version, name);
  }
}
