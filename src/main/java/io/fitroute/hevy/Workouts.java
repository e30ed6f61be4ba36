package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads fields of Hevy's workouts. */
final class Workouts {

  /** So far always a UUID; restricted because it becomes part of addresses. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private Workouts() {}

  /**
   * The ID of a workout.
   *
   * @throws NotAccepted if it has none
   */
  static String id(JsonNode workout) {
    return id(workout, "id").orElseThrow(() -> new NotAccepted("the workout has no ID"));
  }

  /** The ID in a field; empty if missing or invalid. */
  static Optional<String> id(JsonNode node, String field) {
    return Optional.of(node.path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> ID.matcher(text).matches());
  }

  /** The time in a field, with an offset or a {@code Z}; empty if missing or invalid. */
  static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(OffsetDateTime.parse(node.path(field).asText()).toInstant());
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** The time of the last change, or of the start if Hevy does not report one. */
  static Instant updatedAt(JsonNode workout) {
    return time(workout, "updated_at").or(() -> time(workout, "start_time")).orElse(Instant.EPOCH);
  }
}
