package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.fit.Sport;
import io.fitroute.strava.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** An activity's details as needed for a FIT file. {@link Double#NaN} means unknown. */
final class ActivityDetails {

  private static final int WESTERNMOST = -12 * 3600;
  private static final int EASTERNMOST = 14 * 3600;

  private final Activity activity;
  private final JsonNode details;

  ActivityDetails(Activity activity) {
    this.activity = activity;
    this.details = activity.details();
  }

  /** A number of the details. */
  double number(String field) {
    return number(details, field);
  }

  /** A number of the details for which 0 means not measured. */
  OptionalDouble positive(String field) {
    double number = number(field);
    return number > 0 ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  static double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() && Double.isFinite(value.asDouble()) ? value.asDouble() : Double.NaN;
  }

  /** Seconds from start to end, including pauses; 0 if unknown. */
  double elapsedTime() {
    double elapsed = number("elapsed_time");
    double longest = elapsed > 0 ? elapsed : number("moving_time");
    return longest > 0 ? longest : 0;
  }

  /** Strava's laps; if there are none, the whole activity, which has the same fields. */
  List<JsonNode> laps() {
    List<JsonNode> laps = new ArrayList<>();
    details.path("laps").forEach(laps::add);
    return laps.isEmpty() ? List.of(details) : laps;
  }

  /** Strava's summary of the activity. */
  Reported reported() {
    return new Reported(List.of(details));
  }

  /** The sport, by the sport type, or by the older {@code type} if that is unknown. */
  Sport sport() {
    boolean trainer = details.path("trainer").asBoolean(false);
    return SportTable.of(activity.sportType())
        .or(() -> SportTable.of(details.path("type").asText()))
        .map(row -> row.sport(trainer))
        .orElse(Sport.GENERIC);
  }

  Optional<String> name() {
    return Optional.of(activity.name()).filter(name -> !name.isBlank());
  }

  /** The device that recorded it. */
  Optional<String> deviceName() {
    return Optional.of(details.path("device_name").asText("")).filter(name -> !name.isBlank());
  }

  /**
   * The offset of local time from UTC at the start. A hidden start is one second past midnight both
   * in UTC and in local time, possibly on different days; then {@code utc_offset} is used.
   */
  Optional<ZoneOffset> offset() {
    LocalDateTime utc = LocalDateTime.ofInstant(activity.start(), ZoneOffset.UTC);
    return offset(Duration.between(utc, activity.startLocal()).toSeconds())
        .or(() -> offset(number("utc_offset")));
  }

  private static Optional<ZoneOffset> offset(double seconds) {
    return seconds >= WESTERNMOST && seconds <= EASTERNMOST
        ? Optional.of(ZoneOffset.ofTotalSeconds((int) seconds))
        : Optional.empty();
  }

  Instant start() {
    return activity.start();
  }

  String id() {
    return activity.id();
  }
}
