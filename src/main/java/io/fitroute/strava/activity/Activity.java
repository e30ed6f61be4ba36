package io.fitroute.strava.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.strava.api.StravaRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The relevant details of an activity.
 *
 * @param id its number at Strava
 * @param athleteId the athlete's number at Strava
 * @param name its title, up to 1,000 characters of any text
 * @param sportType one of Strava's sport types, or an unknown one
 * @param start when it began
 * @param startLocal the local time when it began
 * @param manual whether it is a manual entry, which has neither file nor track
 * @param readAt when the details were read
 * @param details the useful part of Strava's response
 */
public record Activity(
    String id,
    String athleteId,
    String name,
    String sportType,
    Instant start,
    LocalDateTime startLocal,
    boolean manual,
    Instant readAt,
    JsonNode details) {

  /**
   * The fields kept. Details may contain hundreds of efforts and photographs, which are not worth
   * the memory.
   */
  private static final List<String> KEPT =
      List.of(
          "id",
          "name",
          "type",
          "sport_type",
          "start_date",
          "start_date_local",
          "timezone",
          "utc_offset",
          "distance",
          "moving_time",
          "elapsed_time",
          "total_elevation_gain",
          "average_speed",
          "max_speed",
          "average_cadence",
          "average_heartrate",
          "max_heartrate",
          "average_watts",
          "max_watts",
          "average_temp",
          "calories",
          "trainer",
          "manual",
          "private",
          "visibility",
          "device_name",
          "external_id",
          "upload_id",
          "laps");

  private static final Pattern SPORT_TYPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern ATHLETE = Pattern.compile("[0-9]{1,19}");
  private static final int LONGEST_NAME = 1000;
  private static final double LONGEST_OFFSET = ZoneOffset.MAX.getTotalSeconds();

  /**
   * Reads the response to {@code GET /activities/ID}.
   *
   * <p>Strava writes {@code start_date_local} with a wrong {@code Z}; it is local time. The old
   * field {@code type} is used if {@code sport_type} is missing.
   *
   * @throws StravaRefusal if something indispensable is missing
   */
  public static Activity of(JsonNode details, Instant readAt) {
    String id = text(details, "id").orElseThrow(() -> StravaRefusal.without("id"));
    Instant start =
        text(details, "start_date")
            .flatMap(Activity::instant)
            .orElseThrow(() -> StravaRefusal.without("start_date"));
    LocalDateTime startLocal =
        text(details, "start_date_local")
            .flatMap(Activity::wallClock)
            .orElseGet(() -> shifted(start, details.path("utc_offset").asDouble()));
    return new Activity(
        id,
        text(details.path("athlete"), "id").filter(ATHLETE.asMatchPredicate()).orElse(""),
        text(details, "name").map(Activity::nameOf).orElse(""),
        sportType(details),
        start,
        startLocal,
        isManual(details),
        readAt,
        kept(details));
  }

  /** Strava adds sport types every year; an invalid one is not passed on. */
  private static String sportType(JsonNode details) {
    return text(details, "sport_type")
        .or(() -> text(details, "type"))
        .filter(type -> SPORT_TYPE.matcher(type).matches())
        .orElse("unknown");
  }

  /** The stored form of a name; PostgreSQL does not accept NUL. */
  static String nameOf(String text) {
    return shortened(text.replace("\0", ""));
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    int end =
        Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    return name.substring(0, end);
  }

  private static JsonNode kept(JsonNode details) {
    return details instanceof ObjectNode object ? object.deepCopy().retain(KEPT) : details;
  }

  private static boolean isManual(JsonNode details) {
    return details.path("manual").asBoolean(false);
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return isSensible(time.getYear()) ? Optional.of(time.toInstant()) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> wallClock(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text.replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", "")))
          .filter(time -> isSensible(time.getYear()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Years that every database and calendar can represent in every time zone. */
  private static boolean isSensible(int year) {
    return year > 1 && year < 9999;
  }

  private static LocalDateTime shifted(Instant start, double offsetSeconds) {
    double offset = Math.abs(offsetSeconds) <= LONGEST_OFFSET ? offsetSeconds : 0;
    return LocalDateTime.ofInstant(start, ZoneOffset.UTC)
        .plus(Math.round(offset), ChronoUnit.SECONDS);
  }

  /** {@code activity 123}: names and places stay out of logs. */
  @Override
  public String toString() {
    return "activity " + id;
  }
}
