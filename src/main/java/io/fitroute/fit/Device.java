package io.fitroute.fit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A device or program that took part in an activity: FIT's device_info.
 *
 * @param time when it was present, usually the activity's start
 * @param index {@link #CREATOR} for the creator of the file, 1 to 254 for others
 * @param manufacturer FIT's manufacturer number; {@link FileId#DEVELOPMENT} if unknown
 * @param product the manufacturer's product number
 * @param serialNumber 1 to 4,294,967,295
 * @param softwareVersion with two decimal digits, e.g. 2.11
 * @param productName the displayed name
 */
public record Device(
    Instant time,
    int index,
    int manufacturer,
    int product,
    OptionalLong serialNumber,
    OptionalDouble softwareVersion,
    Optional<String> productName) {
  /** The index of the device that created the file. */
  public static final int CREATOR = 0;
}
