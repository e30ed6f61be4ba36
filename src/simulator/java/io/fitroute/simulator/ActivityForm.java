package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Reads an activity's values from JSON. */
final class ActivityForm {

  private ActivityForm() {}

  /**
   * Sets the given values in a builder; {@code athlete_id}, {@code count} and {@code event} are
   * handled elsewhere.
   *
   * @throws IllegalArgumentException for an unknown field or an invalid value
   */
  static SimulatedActivity.Builder fill(SimulatedActivity.Builder builder, ObjectNode given) {
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      set(builder, field.getKey(), field.getValue());
    }
    return builder;
  }

  private static void set(SimulatedActivity.Builder builder, String field, JsonNode value) {
    switch (field) {
      case "athlete_id", "count", "event" -> {}
      case "id" -> builder.id(value.asLong());
      case "name" -> builder.name(value.asText());
      case "sport_type" -> builder.sportType(value.asText());
      case "start" -> builder.start(Instant.parse(value.asText()));
      case "zone" -> builder.zone(ZoneId.of(value.asText()));
      case "moving_time" -> builder.movingTime(Duration.ofSeconds(value.asLong()));
      case "pause" -> builder.pause(Duration.ofSeconds(value.asLong()));
      case "distance" -> builder.distance(value.asDouble());
      case "visibility" -> builder.visibility(Visibility.valueOf(upper(value)));
      case "manual" -> builder.manual(value.asBoolean());
      case "trainer" -> builder.trainer(value.asBoolean());
      case "gps" -> builder.gps(value.asBoolean());
      case "heart_rate" -> builder.heartRate(value.asBoolean());
      case "hidden_start" -> builder.hiddenStart(value.asBoolean());
      case "device" -> builder.device(value.asText());
      case "original" -> builder.original(OriginalFormat.valueOf(upper(value)));
      case "gzipped" -> builder.gzipped(value.asBoolean());
      default -> throw new IllegalArgumentException("an activity has no field " + field);
    }
  }

  private static String upper(JsonNode value) {
    return value.asText().toUpperCase(Locale.ROOT);
  }
}
