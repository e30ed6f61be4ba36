package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A strength workout in the format of Hevy's API. Immutable; each method returns a changed copy.
 *
 * @param json the document, without the times of changes
 */
public record SimulatedWorkout(JsonNode json) {

  private static final DateTimeFormatter HEVY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  /** A workout of an hour, without exercises. */
  public static SimulatedWorkout titled(String title, Instant start) {
    ObjectNode json = Json.object();
    json.put("id", UUID.randomUUID().toString());
    json.put("title", title);
    json.putNull("routine_id");
    json.put("description", "");
    json.put("start_time", text(start));
    json.put("end_time", text(start.plus(1, ChronoUnit.HOURS)));
    json.putArray("exercises");
    return new SimulatedWorkout(json);
  }

  /** Push day: a warm-up and two sets of an exercise. */
  public static SimulatedWorkout push(Instant start) {
    return titled("Push day", start)
        .exercise("Bench Press (Barbell)", "79D0BB3A")
        .set("warmup", 20.0, 10)
        .set("normal", 60.0, 8)
        .set("normal", 62.5, 6);
  }

  /** Pull day: two sets of an exercise without weights, the second one to failure. */
  public static SimulatedWorkout pull(Instant start) {
    return titled("Pull day 🏋️", start)
        .exercise("Pull Up", "1B2B1E7C")
        .set("normal", null, 10)
        .set("failure", null, 7);
  }

  /** A time in Hevy's format. */
  static String text(Instant time) {
    return HEVY.format(time.atOffset(ZoneOffset.UTC));
  }

  public String id() {
    return json.path("id").asText();
  }

  /** Sets a field. */
  public SimulatedWorkout with(String field, JsonNode value) {
    ObjectNode copy = json.deepCopy();
    copy.set(field, value);
    return new SimulatedWorkout(copy);
  }

  /** Sets a field to a text. */
  public SimulatedWorkout with(String field, String value) {
    ObjectNode copy = json.deepCopy();
    copy.put(field, value);
    return new SimulatedWorkout(copy);
  }

  /** Adds an exercise. */
  public SimulatedWorkout exercise(String title, String template) {
    ObjectNode copy = json.deepCopy();
    ArrayNode exercises = (ArrayNode) copy.get("exercises");
    ObjectNode exercise = exercises.addObject().put("index", exercises.size() - 1);
    exercise.put("title", title).put("notes", "").put("exercise_template_id", template);
    exercise.putNull("superset_id").putArray("sets");
    return new SimulatedWorkout(copy);
  }

  /** Sets a field of the last exercise. */
  public SimulatedWorkout exerciseField(String field, Object value) {
    ObjectNode copy = json.deepCopy();
    last(copy.get("exercises"))
        .set(
            field,
            value instanceof Integer number
                ? IntNode.valueOf(number)
                : TextNode.valueOf(value.toString()));
    return new SimulatedWorkout(copy);
  }

  /** Adds a set to the last exercise. */
  public SimulatedWorkout set(String type, Double weight, Integer reps) {
    ObjectNode copy = json.deepCopy();
    ArrayNode sets = (ArrayNode) last(copy.get("exercises")).get("sets");
    ObjectNode set = sets.addObject().put("index", sets.size() - 1).put("type", type);
    set.put("weight_kg", weight).put("reps", reps);
    set.putNull("distance_meters").putNull("duration_seconds").putNull("rpe");
    set.putNull("custom_metric");
    return new SimulatedWorkout(copy);
  }

  /** Sets a number of the last set, such as {@code rpe}. */
  public SimulatedWorkout setField(String field, Double value) {
    ObjectNode copy = json.deepCopy();
    last(last(copy.get("exercises")).get("sets")).put(field, value);
    return new SimulatedWorkout(copy);
  }

  private static ObjectNode last(JsonNode array) {
    return (ObjectNode) array.get(array.size() - 1);
  }
}
