package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Creates and updates activities at Intervals.icu: one for each workout, with the workout's ID as
 * its {@code external_id}.
 *
 * <p>That {@code manual/bulk} updates existing activities is only promised to OAuth applications.
 * Therefore existing activities are looked up first, and again after a creation: if two were
 * created at the same time, the creator of the later one removes it.
 */
public final class ActivityUpserts {

  /** Shorter ids are older; of equal length, the smaller one is. */
  private static final Comparator<String> AGE =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private Function<JsonNode, ObjectNode> mapping;
  private SyncedWorkouts synced;

  public void setMapping(Function<JsonNode, ObjectNode> mapping) {
    this.mapping = mapping;
  }

  public void setSynced(SyncedWorkouts synced) {
    this.synced = synced;
  }

  /**
   * A change of an existing activity.
   *
   * @param document as JSON
   */
  public record Change(String activityId, String document) {}

  /** The workouts being written. */
  public static final class Upsert {
    private final Map<String, JsonNode> workouts = new LinkedHashMap<>();
    private final Map<String, ObjectNode> documents = new LinkedHashMap<>();
    private final Map<String, String> activities = new LinkedHashMap<>();
    private final Set<String> made = new HashSet<>();
    private final List<String> surplus = new ArrayList<>();

    /** The query of the request for activities: the days on which they may be. */
    public String getWindow() {
      TreeSet<LocalDate> days = new TreeSet<>();
      documents.forEach(
          (id, document) -> {
            days.add(LocalDate.parse(document.path("start_date_local").asText().substring(0, 10)));
            if (!activities.containsKey(id)) { // its start may have been edited since
              Workouts.time(workouts.get(id), "created_at")
                  .ifPresent(time -> days.add(time.atOffset(ZoneOffset.UTC).toLocalDate()));
            }
          });
      return window(days.first().minusDays(2), days.last().plusDays(2));
    }

    /** The activities to be changed. */
    public List<Change> getChanges() {
      return activities.entrySet().stream()
          .map(one -> new Change(one.getValue(), documents.get(one.getKey()).toString()))
          .toList();
    }

    /** Whether any activity is to be created. */
    public boolean isCreating() {
      return !activities.keySet().containsAll(documents.keySet());
    }

    /** The activities to be created, a JSON array. */
    public String getCreations() {
      ArrayNode creations = JsonNodeFactory.instance.arrayNode();
      documents.forEach(
          (id, document) -> {
            if (!activities.containsKey(id)) {
              creations.add(document);
            }
          });
      return creations.toString();
    }

    /** Activities created here although others already existed. */
    public List<String> getSurplus() {
      return surplus;
    }
  }

  private static String window(LocalDate oldest, LocalDate newest) {
    return "oldest=%s&newest=%s&fields=id,external_id".formatted(oldest, newest);
  }

  /** Whether a workout is up to date at Intervals.icu. */
  public boolean isCurrent(@Body JsonNode workout) {
    return synced.isCurrent(workout);
  }

  /** Whether the workout has ever been written. */
  public boolean isKnown(@Variable("workoutId") String workoutId) {
    return synced.isKnown(workoutId);
  }

  /** Starts with one workout or an array of several. */
  public Upsert begin(@Body JsonNode body) {
    Upsert upsert = new Upsert();
    for (JsonNode workout : body.isArray() ? body : List.of(body)) {
      String id = Workouts.id(workout);
      upsert.workouts.put(id, workout);
      upsert.documents.put(id, mapping.apply(workout));
      synced.activityOf(id).ifPresent(known -> upsert.activities.put(id, known));
    }
    return upsert;
  }

  /** Records the existing activities, before and after a creation. */
  public void found(@Variable("upsert") Upsert upsert, @Body JsonNode list) {
    Map<String, TreeSet<String>> byWorkout = new LinkedHashMap<>();
    for (JsonNode activity : list) {
      String workout = activity.path("external_id").asText();
      if (upsert.documents.containsKey(workout)) {
        byWorkout.computeIfAbsent(workout, one -> new TreeSet<>(AGE)).add(idOf(activity));
      }
    }
    byWorkout.forEach(
        (workout, ids) -> {
          if (upsert.made.contains(upsert.activities.get(workout))) {
            upsert.activities.put(workout, ids.first());
            ids.tailSet(ids.first(), false).stream()
                .filter(upsert.made::contains)
                .forEach(upsert.surplus::add);
          } else {
            upsert.activities.putIfAbsent(workout, ids.first());
          }
        });
  }

  private static String idOf(JsonNode activity) {
    return activity.path("id").asText();
  }

  /**
   * Records that an activity no longer exists.
   *
   * @throws ServiceTrouble always, so that another one is created at the next attempt
   */
  public void gone(@Variable("upsert") Upsert upsert, @Variable("activityId") String activityId) {
    upsert.activities.forEach(
        (workout, activity) -> {
          if (activity.equals(activityId)) {
            synced.forget(workout);
          }
        });
    throw new ServiceTrouble(
        "activity " + activityId + " no longer exists at Intervals.icu; it is created again");
  }

  /** Records the created activities. */
  public void created(@Variable("upsert") Upsert upsert, @Body JsonNode answer) {
    for (JsonNode activity : answer) {
      String workout = activity.path("external_id").asText();
      if (upsert.documents.containsKey(workout)
          && upsert.activities.putIfAbsent(workout, idOf(activity)) == null) {
        upsert.made.add(idOf(activity));
      }
    }
  }

  /**
   * Records what was done.
   *
   * @return a description
   * @throws ServiceTrouble if Intervals.icu did not return the activity of a workout
   */
  public String record(@Variable("upsert") Upsert upsert) {
    if (upsert.isCreating()) {
      throw new ServiceTrouble(
          "the response of Intervals.icu does not contain the created activity");
    }
    upsert.workouts.forEach((id, workout) -> synced.record(workout, upsert.activities.get(id)));
    return "%s as %s at Intervals.icu"
        .formatted(
            upsert.made.isEmpty() ? "updated" : "created",
            String.join(", ", upsert.activities.values()));
  }

  // deletions

  /** The activity of a workout; empty if unknown. */
  public String activityOf(@Variable("workoutId") String workoutId) {
    return synced.activityOf(workoutId).orElse("");
  }

  /** Whether only Intervals.icu may know the activity. */
  public boolean hasToBeLookedFor() {
    return !synced.remembers();
  }

  /** The days of the last two years, on which it may be. */
  public String wideWindow() {
    return window(LocalDate.now().minusYears(2), LocalDate.now().plusDays(2));
  }

  /** The activity of a workout among those found; empty if there is none. */
  public String match(@Variable("workoutId") String workoutId, @Body JsonNode activities) {
    for (JsonNode activity : activities) {
      if (isOf(workoutId, activity)) {
        return idOf(activity);
      }
    }
    return "";
  }

  /** Whether an activity belongs to a workout; no other activity is ever removed. */
  public boolean isOf(@Variable("workoutId") String workoutId, @Body JsonNode activity) {
    return activity.path("external_id").asText().equals(workoutId);
  }

  public void markDeleted(@Variable("workoutId") String workoutId) {
    synced.markDeleted(workoutId);
  }
}
