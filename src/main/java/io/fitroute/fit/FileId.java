package io.fitroute.fit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The creator of a FIT file and the time: the message every FIT file starts with. Its values
 * distinguish files of different activities, so {@code created} should be the activity's start.
 *
 * @param manufacturer FIT's manufacturer number; {@link #DEVELOPMENT} for software without one of
 *     its own
 * @param product the manufacturer's product number
 * @param serialNumber the device's, 1 to 4,294,967,295
 * @param created when the file was started
 * @param productName the displayed name
 */
public record FileId(
    int manufacturer,
    int product,
    OptionalLong serialNumber,
    Instant created,
    Optional<String> productName) {
  /** Garmin's manufacturer number for anybody's use. */
  public static final int DEVELOPMENT = 255;
}
