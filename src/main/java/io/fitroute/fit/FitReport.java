package io.fitroute.fit;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a valid FIT file says of itself. Anything that it does not say is empty.
 *
 * @param segments FIT files chained together in this file, 1 for nearly all
 * @param trailingBytes how many follow after the last checksum, 0 for nearly all
 * @param fileType FIT's file type of the first segment; {@link #ACTIVITY} for an activity
 * @param manufacturer FIT's manufacturer number of the first segment
 * @param product the manufacturer's own number of the product
 * @param productName the name of the product; control characters are replaced by blanks
 * @param sport of the first session
 * @param startTime of the earliest session; without sessions, of the earliest record
 * @param elapsedTime seconds of all sessions, pauses included; without sessions, from first to last
 *     record
 * @param timerTime seconds of all sessions, without pauses
 * @param distance metres of all sessions; without sessions, the greatest distance in a record
 * @param records number of record messages
 * @param sessions number of session messages
 * @param parts what the sessions are, the first {@value #MOST_PARTS} of them
 * @param laps number of lap messages
 * @param startLocal local time of the start, if the file contains it
 * @param measures what the activity came to
 * @param track where it went, with its {@value TrackCollector#DETAILED} points that matter most
 * @param overview the same with {@value TrackCollector#COARSE}
 */
public record FitReport(
    int segments,
    long trailingBytes,
    OptionalInt fileType,
    OptionalInt manufacturer,
    OptionalInt product,
    Optional<String> productName,
    Optional<Sport> sport,
    Optional<Instant> startTime,
    OptionalDouble elapsedTime,
    OptionalDouble timerTime,
    OptionalDouble distance,
    long records,
    long sessions,
    long laps,
    List<Part> parts,
    Optional<LocalDateTime> startLocal,
    Map<Measure, Double> measures,
    Polyline track,
    Polyline overview) {
  /** The file type of activities. */
  public static final int ACTIVITY = 4;

  static final int MOST_PARTS = 100;

  /**
   * A session: of an activity in several sports, one of them.
   *
   * @param elapsedTime seconds, pauses included
   * @param distance metres
   */
  public record Part(
      Optional<Sport> sport,
      Optional<Instant> startTime,
      OptionalDouble elapsedTime,
      OptionalDouble distance) {}

  /** What the file says that it is, such as an activity, a course or a workout. */
  public Optional<String> fileTypeName() {
    return fileType.isPresent()
        ? Optional.of(
            ProfileNames.FILE_TYPES.getOrDefault(
                fileType.getAsInt(), Integer.toString(fileType.getAsInt())))
        : Optional.empty();
  }

  /** What made the file, in words: the product's name, or else the manufacturer and its number. */
  public Optional<String> device() {
    return productName.or(this::numberedProduct);
  }

  private Optional<String> numberedProduct() {
    if (manufacturer.isEmpty()) {
      return Optional.empty();
    }
    int number = manufacturer.getAsInt();
    String maker = ProfileNames.MANUFACTURERS.getOrDefault(number, "manufacturer " + number);
    return Optional.of(product.isPresent() ? maker + " product " + product.getAsInt() : maker);
  }
}
