package io.fitroute.fit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A device or program that took part in an activity: FIT's device_info.
 *
 * @param time when it was seen, usually the activity's start
 * @param index {@link #CREATOR} for what made the file, 1 to 254 for others
 * @param manufacturer FIT's manufacturer number; {@link FileId#DEVELOPMENT} where it is not known
 * @param product the manufacturer's own number of the product
 * @param serialNumber 1 to 4,294,967,295
 * @param softwareVersion with two digits behind the point, e.g. 2.11
 * @param productName a name to show to people
 */
public record Device(
    Instant time,
    int index,
    int manufacturer,
    int product,
    OptionalLong serialNumber,
    OptionalDouble softwareVersion,
    Optional<String> productName) {
  /** The index of the device that made the file. */
  public static final int CREATOR = 0;
}
