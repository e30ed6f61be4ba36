package io.fitroute.fit;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The contents of a valid FIT file. Values the file does not contain are empty.
 *
 * @param segments the number of chained FIT files, 1 for nearly all
 * @param trailingBytes the number of bytes after the last checksum, 0 for nearly all
 * @param fileType FIT's file type of the first segment; {@link #ACTIVITY} for an activity
 * @param manufacturer FIT's manufacturer number of the first segment
 * @param product the manufacturer's product number
 * @param productName the name of the product; control characters are replaced by blanks
 * @param sport the sport of the first session
 * @param startTime the start of the earliest session; without sessions, of the earliest record
 * @param elapsedTime seconds of all sessions, including pauses; without sessions, from first to
 *     last record
 * @param timerTime seconds of all sessions, without pauses
 * @param distance metres of all sessions; without sessions, the largest distance in a record
 * @param records the number of record messages
 * @param sessions the number of session messages
 * @param parts the first {@value #MOST_PARTS} sessions
 * @param laps the number of lap messages
 * @param startLocal the local time of the start, if the file contains it
 * @param measures the activity's numbers
 * @param track the track, reduced to the {@value TrackCollector#DETAILED} most significant points
 * @param overview the track, reduced to {@value TrackCollector#COARSE} points
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
   * A session; an activity in several sports has several.
   *
   * @param elapsedTime seconds, including pauses
   * @param distance metres
   */
  public record Part(
      Optional<Sport> sport,
      Optional<Instant> startTime,
      OptionalDouble elapsedTime,
      OptionalDouble distance) {}

  /** The type of the file, such as an activity, a course or a workout. */
  public Optional<String> fileTypeName() {
    return fileType.isPresent()
        ? Optional.of(
            ProfileNames.FILE_TYPES.getOrDefault(
                fileType.getAsInt(), Integer.toString(fileType.getAsInt())))
        : Optional.empty();
  }

  /** The creator of the file: the product's name, or else the manufacturer and product number. */
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
