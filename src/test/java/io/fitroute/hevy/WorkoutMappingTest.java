package io.fitroute.hevy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.settings.Settings;
import io.fitroute.simulator.SimulatedWorkout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkoutMappingTest {

  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");

  @TempDir private Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final SimulatedWorkout empty = SimulatedWorkout.titled("Push day", START);

  private WorkoutMapping mapping(String... changes) {
    Settings settings = Settings.load(Map.of(), folder, Path.of("").toAbsolutePath());
    WorkoutMapping mapping = new WorkoutMapping();
    mapping.setTimeZone("Europe/Berlin");
    mapping.setActivityTypes(settings.text("hevy.activity-types"));
    for (String change : changes) {
      switch (change) {
        case "lb" -> mapping.setUnits("lb");
        default -> mapping.setTitlePrefix(change);
      }
    }
    return mapping;
  }

  private ObjectNode map(SimulatedWorkout workout) {
    return mapping().apply(workout.json());
  }

  private String description(SimulatedWorkout workout) {
    return map(workout).path("description").asText();
  }

  @Test
  void aWorkoutBecomesAnActivity() throws Exception {
    ObjectNode activity = map(SimulatedWorkout.push(START).with("description", "felt ok"));

    assertThat(activity.path("external_id").asText()).hasSize(36);
    activity.remove("external_id");
    assertThat(json.readTree(activity.toString()))
        .isEqualTo(
            json.readTree(
                """
                {"type":"WeightTraining","name":"Push day","start_date_local":"2026-11-20T18:05:00",
                 "moving_time":3600,"elapsed_time":3600,"kg_lifted":1055,
                 "description":"felt ok\\n\\nBench Press (Barbell)\\nWarm-up: 20 kg × 10\\n60 kg × 8\\n62.5 kg × 6"}
                """));
  }

  @Test
  void everyKindOfSetIsSaid() {
    SimulatedWorkout workout =
        empty
            .exercise("Press", "A")
            .exerciseField("notes", "slow\ndown")
            .set("normal", 60.0, 8)
            .setField("rpe", 8.5)
            .set("warmup", 20.0, 10)
            .set("dropset", 40.0, 12)
            .set("failure", 60.0, 3)
            .setField("rpe", 10.0)
            .exercise("Pull Up", "B")
            .set("normal", null, 12)
            .set("normal", 0.0, 10)
            .exercise("Plank", "C")
            .set("normal", null, null)
            .setField("duration_seconds", 90.0)
            .exercise("Sled", "D")
            .set("normal", 100.0, null)
            .setField("distance_meters", 40.5)
            .setField("duration_seconds", 30.0)
            .exercise("Stair Machine", "E")
            .set("normal", null, null)
            .setField("custom_metric", 50.0)
            .exercise("Nothing", "F")
            .set("normal", null, null);

    assertThat(description(workout))
        .isEqualTo(
            """
            Press
            slow
            down
            60 kg × 8 @ RPE 8.5
            Warm-up: 20 kg × 10
            Drop set: 40 kg × 12
            To failure: 60 kg × 3 @ RPE 10

            Pull Up
            body weight × 12
            body weight × 10

            Plank
            90 s

            Sled
            100 kg, 40.5 m, 30 s

            Stair Machine
            50 floors or steps

            Nothing
            done""");
  }

  @Test
  void supersetsAreNamedWhicheverFieldTellsThem() {
    SimulatedWorkout workout =
        empty
            .exercise("One", "A")
            .exerciseField("superset_id", 3)
            .exercise("Two", "B")
            .exerciseField("supersets_id", 3)
            .exercise("Three", "C")
            .exerciseField("superset_id", 0)
            .exercise("Four", "D");

    assertThat(description(workout))
        .isEqualTo("One (superset A)\n\nTwo (superset A)\n\nThree (superset B)\n\nFour");
  }

  @Test
  void poundsComeOutAsTheyWentIn() {
    SimulatedWorkout workout =
        empty
            .exercise("Press", "A")
            .set("normal", 61.2349695, 5)
            .set("normal", 20.4116565, 5)
            .set("normal", 1.13398, 5);

    ObjectNode activity = mapping("lb").apply(workout.json());

    assertThat(activity.path("description").asText())
        .isEqualTo("Press\n135 lb × 5\n45 lb × 5\n2.5 lb × 5");
    assertThat(activity.path("kg_lifted").asDouble()).isEqualTo(413.9);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:59:59Z,2026-03-29T01:59:59",
    "2026-03-29T01:00:00Z,2026-03-29T03:00:00",
    "2026-10-25T00:30:00+00:00,2026-10-25T02:30:00",
    "2026-10-25T01:30:00+00:00,2026-10-25T02:30:00",
    "2026-12-31T23:30:00.123Z,2027-01-01T00:30:00"
  })
  void theStartIsTheTimeOnTheWall(String start, String local) {
    assertThat(map(empty.with("start_time", start)).path("start_date_local").asText())
        .isEqualTo(local);
  }

  @Test
  void timesCanBeUnusual() {
    assertThat(seconds(empty.with("end_time", "2026-11-21T05:05:00Z"))).isEqualTo(43_200);
    assertThat(seconds(empty.with("end_time", "2026-11-20T17:05:00Z"))).isZero();
    assertThat(seconds(empty.with("end_time", "2026-11-20T17:00:00Z"))).isZero();
    SimulatedWorkout unfinished =
        empty.exercise("Plank", "A").set("normal", null, null).setField("duration_seconds", 60.0);
    assertThat(seconds(unfinished.with("end_time", json.nullNode()))).isEqualTo(60);
  }

  private int seconds(SimulatedWorkout workout) {
    ObjectNode activity = map(workout);
    assertThat(activity.path("moving_time")).isEqualTo(activity.path("elapsed_time"));
    return activity.path("moving_time").asInt();
  }

  @Test
  void titlesCanBeAnything() {
    assertThat(mapping("Hevy - ").apply(empty.json()).path("name").asText())
        .isEqualTo("Hevy - Push day");
    assertThat(name("Día de piernas\n🏋️")).isEqualTo("Día de piernas 🏋️");
    assertThat(name("🏋".repeat(80))).hasSizeLessThanOrEqualTo(80).endsWith("🏋…");
    assertThat(map(empty.with("title", json.nullNode())).path("name").asText())
        .isEqualTo("Workout");
    assertThat(name("  ")).isEqualTo("Workout");
  }

  private String name(String title) {
    return map(empty.with("title", title)).path("name").asText();
  }

  @Test
  void aVeryLongWorkoutIsCutAtALine() {
    SimulatedWorkout workout = empty;
    for (int number = 0; number < 300; number++) {
      workout =
          workout.exercise("Übung 🏋️, die siebte Nummer " + number, "A").set("normal", 50.0, 5);
    }

    String description = description(workout);

    assertThat(description).hasSizeLessThanOrEqualTo(WorkoutMapping.LONGEST_DESCRIPTION);
    assertThat(description)
        .hasSizeGreaterThan(9_000)
        .matches("(?s).*\n[.]{3} and [0-9]+ more lines");
    assertThat(map(workout).path("kg_lifted").asInt()).isEqualTo(75_000);
  }

  @Test
  void nullCanStandAnywhere() throws Exception {
    JsonNode workout =
        json.readTree(
            """
            {"id":"a","title":null,"description":null,"start_time":"2026-11-20T17:05:00Z",
             "end_time":null,"updated_at":null,"created_at":null,
             "exercises":[{"index":null,"title":null,"notes":null,"exercise_template_id":null,
               "superset_id":null,"sets":null},
              {"sets":[{"index":null,"type":null,"weight_kg":null,"reps":null,
                "distance_meters":null,"duration_seconds":null,"rpe":null,"custom_metric":null},null]},
              null]}
            """);

    assertThat(mapping().apply(workout).path("description").asText())
        .isEqualTo("Exercise\n\nExercise\ndone\ndone\n\nExercise");
    assertThat(map(empty.with("exercises", json.nullNode())).path("description").asText())
        .isEmpty();
  }

  @Test
  void withoutAStartOrAnIdThereIsNoActivity() {
    assertThatThrownBy(() -> map(empty.with("start_time", "yesterday")))
        .isInstanceOf(NotAccepted.class)
        .hasMessageContaining("start_time");
    assertThatThrownBy(() -> map(empty.with("id", "../x")))
        .isInstanceOf(NotAccepted.class)
        .hasMessageContaining("the workout has no ID");
  }

  @ParameterizedTest
  @CsvSource({
    "Bench Press (Barbell),60,8,,WeightTraining",
    "Pull Up,,12,,Workout",
    "Treadmill,,,5000,Run",
    "Rowing Machine,,,2000,Rowing",
    "Seated Row,50,10,,WeightTraining",
    "Walking Lunge,,20,,WeightTraining",
    "Elliptical Trainer,,,3000,Elliptical",
    "Bouldering,,,,RockClimbing",
    "Laufband,,,5000,Workout",
    "Stretching,,,,Workout"
  })
  void theExerciseSaysWhatKindOfActivityItIs(
      String title, Double weight, Integer reps, Double metres, String type) {
    SimulatedWorkout workout =
        empty.exercise(title, "A1").set("normal", weight, reps).setField("distance_meters", metres);

    assertThat(map(workout).path("type").asText()).isEqualTo(type);
  }

  @Test
  void ofSeveralExercisesMostSetsDecide() {
    SimulatedWorkout mixed =
        empty
            .exercise("Treadmill", "A")
            .set("normal", null, null)
            .exercise("Pull Up", "B")
            .set("normal", null, 10)
            .set("normal", null, 10)
            .exercise("Press", "C")
            .set("normal", 40.0, 5);

    assertThat(map(mixed).path("type").asText()).isEqualTo("WeightTraining");
    assertThat(map(mixed).has("distance")).isFalse();
    assertThat(map(empty).path("type").asText()).isEqualTo("WeightTraining");
  }

  @Test
  void aTemplateOfOnesOwnCanBeNamed() {
    WorkoutMapping own = new WorkoutMapping();
    own.setActivityTypes("79d0bb3a=Crossfit,laufband=Run");

    assertThat(own.apply(SimulatedWorkout.push(START).json()).path("type").asText())
        .isEqualTo("Crossfit");
    SimulatedWorkout run =
        empty
            .exercise("Laufband", "X")
            .set("normal", null, null)
            .setField("distance_meters", 5000.0);
    assertThat(own.apply(run.json()).path("type").asText()).isEqualTo("Run");
    assertThat(own.apply(run.json()).path("distance").asInt()).isEqualTo(5000);
  }
}
