package io.fitroute.fit.track;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Device;
import io.fitroute.fit.FileId;
import io.fitroute.fit.TrackField;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The creator named in a file: fitroute, with the manufacturer number that FIT reserves for
 * development. The recording device is listed as a further device.
 *
 * @param softwareVersion fitroute's version, with two decimal digits
 */
public record FileMaker(double softwareVersion) {

  /** The product name of the creator. */
  public static final String PRODUCT_NAME = "fitroute";

  private static final int PRODUCT = 0;
  private static final int RECORDING_DEVICE = 1;

  /** The creator with the version of the running program. */
  public static FileMaker ofProgram() {
    return new FileMaker(SoftwareVersion.ofProgram());
  }

  /**
   * Starts a file, replacing an existing one.
   *
   * @param serialNumber distinguishes activities that start at the same time; may be empty
   * @param start the activity's start
   * @param recordedBy the recording device; may be empty
   * @param fields the fields of the points
   * @throws IOException if the file cannot be written
   */
  public ActivityFileWriter create(
      Path file,
      OptionalLong serialNumber,
      Instant start,
      Optional<String> recordedBy,
      Set<TrackField> fields)
      throws IOException {
    FileId fileId =
        new FileId(FileId.DEVELOPMENT, PRODUCT, serialNumber, start, Optional.of(PRODUCT_NAME));
    ActivityFileWriter writer = ActivityFileWriter.create(file, fileId, fields);
    try {
      writer.creator(softwareVersion);
      writer.device(
          device(
              start,
              Device.CREATOR,
              Optional.of(PRODUCT_NAME),
              OptionalDouble.of(softwareVersion)));
      if (recordedBy.isPresent()) {
        writer.device(device(start, RECORDING_DEVICE, recordedBy, OptionalDouble.empty()));
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static Device device(
      Instant start, int index, Optional<String> name, OptionalDouble version) {
    return new Device(
        start, index, FileId.DEVELOPMENT, PRODUCT, OptionalLong.empty(), version, name);
  }
}
