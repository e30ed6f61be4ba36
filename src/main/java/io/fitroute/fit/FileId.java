package io.fitroute.fit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who made a FIT file, and when: the message that every FIT file starts with. Together these values
 * tell files of different activities apart, so {@code created} should be the activity's start.
 *
 * @param manufacturer FIT's manufacturer number; {@link #DEVELOPMENT} for software without one of
 *     its own
 * @param product the manufacturer's own number of the product
 * @param serialNumber of the device, 1 to 4,294,967,295
 * @param created when the file was started
 * @param productName a name to show to people
 */
public record FileId(
    int manufacturer,
    int product,
    OptionalLong serialNumber,
    Instant created,
    Optional<String> productName) {
  /** The manufacturer number that Garmin leaves to everybody. */
  public static final int DEVELOPMENT = 255;
}
