package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maps a workout of Hevy to an activity of Intervals.icu. It is a bean of the route file, so it can
 * be replaced by your own; any value of a workout may be null.
 */
public final class WorkoutMapping implements Function<JsonNode, ObjectNode> {

  /** Intervals.icu documents no limits for activities; this is the one for its planned workouts. */
  static final int LONGEST_NAME = 80;

  static final int LONGEST_DESCRIPTION = 10_000;

  private static final String WEIGHTS = "WeightTraining";
  private static final BigDecimal POUNDS_A_KILOGRAM = new BigDecimal("2.2046226218");
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final Map<String, String> types = new LinkedHashMap<>();
  private ZoneId zone = ZoneId.systemDefault();
  private boolean pounds;
  private String titlePrefix = "";

  /** The time zone of workouts; empty for the system's. */
  public void setTimeZone(String name) {
    zone = name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
  }

  /** The unit of weights in descriptions, {@code kg} or {@code lb}. */
  public void setUnits(String units) {
    pounds = units.equals("lb");
  }

  public void setTitlePrefix(String prefix) {
    titlePrefix = prefix;
  }

  /** {@code WORD=TYPE}, several separated by commas; the first matching word decides. */
  public void setActivityTypes(String pairs) {
    for (String pair : pairs.split(",")) {
      int sign = pair.indexOf('=');
      types.putIfAbsent(
          pair.substring(0, sign).strip().toLowerCase(Locale.ROOT), pair.substring(sign + 1));
    }
  }

  /**
   * Maps a workout.
   *
   * @throws NotAccepted if it has no id or no start
   */
  @Override
  public ObjectNode apply(JsonNode workout) {
    Instant start =
        Workouts.time(workout, "start_time")
            .orElseThrow(() -> new NotAccepted("the workout has no start_time"));
    long seconds =
        Workouts.time(workout, "end_time")
            .map(end -> Math.max(0, Duration.between(start, end).toSeconds()))
            .orElseGet(() -> sum(workout, set -> number(set, "duration_seconds")).longValue());
    String type = type(workout);
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.put("external_id", Workouts.id(workout));
    activity.put("type", type);
    activity.put("name", name(workout));
    activity.put("start_date_local", WALL_CLOCK.format(start.atZone(zone)));
    activity.put("moving_time", seconds);
    activity.put("elapsed_time", seconds);
    activity.put("description", description(workout));
    activity.put("kg_lifted", plain(kilogramsLifted(workout)));
    BigDecimal metres = sum(workout, set -> number(set, "distance_meters"));
    if (!type.equals(WEIGHTS) && metres.signum() > 0) {
      activity.put("distance", plain(metres));
    }
    return activity;
  }

  private String name(JsonNode workout) {
    String title = text(workout, "title").orElse("Workout").replaceAll("\\s+", " ");
    return shortened(titlePrefix + title, LONGEST_NAME);
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean inTheMiddle = Character.isHighSurrogate(text.charAt(longest - 2));
    return text.substring(0, inTheMiddle ? longest - 2 : longest - 1) + "…";
  }

  // numbers

  /** Warm-ups have been lifted too. */
  private static BigDecimal kilogramsLifted(JsonNode workout) {
    return sum(workout, set -> number(set, "weight_kg").multiply(number(set, "reps")));
  }

  /** Adds up a value over all sets. */
  private static BigDecimal sum(JsonNode workout, Function<JsonNode, BigDecimal> ofSet) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode exercise : workout.path("exercises")) {
      for (JsonNode set : exercise.path("sets")) {
        sum = sum.add(ofSet.apply(set));
      }
    }
    return sum;
  }

  /** Zero for null, for other types, and for impossible values. */
  private static BigDecimal number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    boolean sensible = value.isNumber() && value.doubleValue() > 0 && value.doubleValue() < 1e7;
    return sensible ? value.decimalValue() : BigDecimal.ZERO;
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal shorter = number.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return shorter.scale() < 0 ? shorter.setScale(0) : shorter;
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field))
        .filter(JsonNode::isTextual)
        .map(value -> value.textValue().strip())
        .filter(value -> !value.isEmpty());
  }

  // what kind of activity

  private String type(JsonNode workout) {
    boolean weighted = kilogramsLifted(workout).signum() > 0;
    Map<String, Integer> sets = new LinkedHashMap<>();
    for (JsonNode exercise : workout.path("exercises")) {
      sets.merge(type(exercise, weighted), Math.max(1, exercise.path("sets").size()), Integer::sum);
    }
    return sets.entrySet().stream()
        .reduce((first, other) -> other.getValue() > first.getValue() ? other : first)
        .map(Map.Entry::getKey)
        .orElse(WEIGHTS);
  }

  private String type(JsonNode exercise, boolean weighted) {
    String template = text(exercise, "exercise_template_id").orElse("").toLowerCase(Locale.ROOT);
    String title =
        text(exercise, "title").orElse("").toLowerCase(Locale.ROOT) + kind(exercise, weighted);
    return types.entrySet().stream()
        .filter(entry -> entry.getKey().equals(template) || title.contains(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(WEIGHTS);
  }

  /** In a workout with weights, sets without weights belong to it too. */
  private static String kind(JsonNode exercise, boolean weighted) {
    boolean repeated = false;
    boolean far = false;
    boolean heavy = false;
    for (JsonNode set : exercise.path("sets")) {
      heavy |= number(set, "weight_kg").signum() > 0;
      repeated |= number(set, "reps").signum() > 0;
      far |= number(set, "distance_meters").signum() > 0;
    }
    if (heavy || repeated && weighted) {
      return " [weights]";
    }
    if (repeated) {
      return " [body weight]";
    }
    return far ? " [distance]" : " [time]";
  }

  // words

  private String description(JsonNode workout) {
    List<String> lines = new ArrayList<>();
    text(workout, "description").ifPresent(lines::add);
    Map<String, Character> supersets = new LinkedHashMap<>();
    for (JsonNode exercise : workout.path("exercises")) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(heading(exercise, supersets));
      text(exercise, "notes").ifPresent(lines::add);
      for (JsonNode set : exercise.path("sets")) {
        lines.add(line(set));
      }
    }
    return whole(lines);
  }

  /** Hevy uses two names for the field with the superset's number. */
  private static String heading(JsonNode exercise, Map<String, Character> supersets) {
    JsonNode number = exercise.path("superset_id");
    JsonNode superset =
        number.isNull() || number.isMissingNode() ? exercise.path("supersets_id") : number;
    String title = text(exercise, "title").orElse("Exercise").replaceAll("\\s+", " ");
    if (superset.isNull() || superset.isMissingNode()) {
      return title;
    }
    char letter =
        supersets.computeIfAbsent(superset.asText(), one -> (char) ('A' + supersets.size() % 26));
    return title + " (superset " + letter + ")";
  }

  private String line(JsonNode set) {
    String rpe = number(set, "rpe").signum() > 0 ? " @ RPE " + plain(number(set, "rpe")) : "";
    return prefix(set) + measures(set) + rpe;
  }

  private static String prefix(JsonNode set) {
    return switch (text(set, "type").orElse("normal")) {
      case "warmup" -> "Warm-up: ";
      case "dropset" -> "Drop set: ";
      case "failure" -> "To failure: ";
      default -> "";
    };
  }

  private String measures(JsonNode set) {
    BigDecimal weight = number(set, "weight_kg");
    BigDecimal reps = number(set, "reps");
    List<String> parts = new ArrayList<>();
    if (reps.signum() > 0) {
      String lifted = weight.signum() > 0 ? weight(weight) : "body weight";
      parts.add(lifted + " × " + reps.stripTrailingZeros().toPlainString());
    } else if (weight.signum() > 0) {
      parts.add(weight(weight));
    }
    add(parts, set, "distance_meters", " m");
    add(parts, set, "duration_seconds", " s");
    add(parts, set, "custom_metric", " floors or steps");
    return parts.isEmpty() ? "done" : String.join(", ", parts);
  }

  private static void add(List<String> parts, JsonNode set, String field, String unit) {
    BigDecimal value = number(set, field);
    if (value.signum() > 0) {
      parts.add(plain(value).toPlainString() + unit);
    }
  }

  /** Weights entered in pounds arrive as kilograms with many digits. */
  private String weight(BigDecimal kilograms) {
    return pounds
        ? pounds(kilograms).toPlainString() + " lb"
        : plain(kilograms).toPlainString() + " kg";
  }

  private static BigDecimal pounds(BigDecimal kilograms) {
    return plain(kilograms.multiply(POUNDS_A_KILOGRAM).setScale(1, RoundingMode.HALF_UP));
  }

  private static String whole(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < lines.size(); number++) {
      String more = "\n... and " + (lines.size() - number) + " more lines";
      String line = shortened(lines.get(number), LONGEST_DESCRIPTION / 2);
      if (text.length() + line.length() + more.length() + 1 > LONGEST_DESCRIPTION) {
        return text.append(more).toString();
      }
      text.append(number == 0 ? "" : "\n").append(line);
    }
    return text.toString();
  }
}
