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
 * Writes what Strava tells of an activity as a FIT file: a point for each point of the streams, a
 * lap for each lap, the session as Strava sums it up. Without streams, session and lap alone.
 *
 * <p>The maker that the file names is fitroute, with the manufacturer number that FIT leaves to
 * everybody; the device that recorded the activity is named as one that took part.
 */
public final class FitFromStreams {

  /** The product that files name as their maker. */
  public static final String PRODUCT_NAME = "fitroute";

  private static final int PRODUCT = 0;
  private static final int RECORDING_DEVICE = 1;

  private final double softwareVersion;

  /** Names the version of the running program. */
  public FitFromStreams() {
    this(SoftwareVersion.ofProgram());
  }

  /**
   * @param softwareVersion of fitroute, with two digits behind the point
   */
  public FitFromStreams(double softwareVersion) {
    this.softwareVersion = softwareVersion;
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
   * The serial number tells activities apart whose owner hides the start, which gives all of a day
   * the same one.
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
