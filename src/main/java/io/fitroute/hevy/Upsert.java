package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import java.util.Set;

/**
 * Workouts on their way to Intervals.icu, each to one activity, which bears the workout's id as its
 * {@code external_id}.
 *
 * <p>Whether {@code manual/bulk} updates what it has is only promised to OAuth applications. So
 * what is there is looked for first, and after something was created it is looked for again: of two
 * that were created at the same time, whoever made the later one removes it.
 */
public final class Upsert {

  /**
   * What becomes of an activity that is there.
   *
   * @param document as JSON
   */
  public record Change(String activityId, String document) {}

  /** Shorter ids are older; of one length, the smaller is. */
  private static final Comparator<String> AGE =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final Map<String, JsonNode> workouts = new LinkedHashMap<>();
  private final Map<String, ObjectNode> documents = new LinkedHashMap<>();
  private final Map<String, String> activities = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final List<String> surplus = new ArrayList<>();

  /**
   * Adds a workout.
   *
   * @param activityId the activity that was made of it, if that is known
   */
  void add(JsonNode workout, ObjectNode document, Optional<String> activityId) {
    String id = Workouts.id(workout);
    workouts.put(id, workout);
    documents.put(id, document);
    activityId.ifPresent(known -> activities.put(id, known));
  }

  /** What the question for activities says after the {@code ?}: the days on which they may be. */
  public String getWindow() {
    List<LocalDate> days = new ArrayList<>();
    documents.forEach(
        (id, document) -> {
          days.add(LocalDate.parse(document.path("start_date_local").asText().substring(0, 10)));
          if (!activities.containsKey(id)) { // its start may have been edited since
            Workouts.time(workouts.get(id), "created_at")
                .ifPresent(time -> days.add(time.atOffset(ZoneOffset.UTC).toLocalDate()));
          }
        });
    days.sort(Comparator.naturalOrder());
    return "oldest=%s&newest=%s&fields=id,external_id"
        .formatted(days.get(0).minusDays(2), days.get(days.size() - 1).plusDays(2));
  }

  /** Takes in which activities there are. */
  void found(JsonNode list) {
    Map<String, List<String>> byWorkout = new LinkedHashMap<>();
    for (JsonNode activity : list) {
      String workout = activity.path("external_id").asText();
      if (documents.containsKey(workout)) {
        byWorkout.computeIfAbsent(workout, one -> new ArrayList<>()).add(idOf(activity));
      }
    }
    byWorkout.forEach(
        (workout, ids) -> {
          String oldest = ids.stream().min(AGE).orElseThrow();
          ids.stream().filter(id -> made.contains(id) && !id.equals(oldest)).forEach(surplus::add);
          if (made.isEmpty()) {
            activities.putIfAbsent(workout, oldest);
          } else if (ids.stream().anyMatch(made::contains)) {
            activities.put(workout, oldest);
          }
        });
  }

  private static String idOf(JsonNode activity) {
    return activity.path("id").asText();
  }

  /** What is to be changed. */
  public List<Change> getChanges() {
    List<Change> changes = new ArrayList<>();
    documents.forEach(
        (workout, document) ->
            Optional.ofNullable(activities.get(workout))
                .filter(id -> !made.contains(id))
                .ifPresent(id -> changes.add(new Change(id, document.toString()))));
    return changes;
  }

  /** Takes note that an activity was changed. */
  void changed(String activityId) {
    changed.add(activityId);
  }

  /** Whether anything is to be created. */
  public boolean isCreating() {
    return !activities.keySet().containsAll(documents.keySet());
  }

  /** What is to be created, a JSON array. */
  public String getCreations() {
    var creations = JsonNodeFactory.instance.arrayNode();
    documents.forEach(
        (workout, document) -> {
          if (!activities.containsKey(workout)) {
            creations.add(document);
          }
        });
    return creations.toString();
  }

  /** Takes in what was created. */
  void created(JsonNode answer) {
    for (JsonNode activity : answer) {
      String workout = activity.path("external_id").asText();
      if (documents.containsKey(workout) && !activities.containsKey(workout)) {
        activities.put(workout, idOf(activity));
        made.add(idOf(activity));
      }
    }
  }

  /** Activities that were made here though others were there already. */
  public List<String> getSurplus() {
    return surplus;
  }

  /** The workout that an activity was made of. */
  String workoutOf(String activityId) {
    return activities.entrySet().stream()
        .filter(entry -> entry.getValue().equals(activityId))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Records each workout.
   *
   * @return what was done, in words
   * @throws ServiceTrouble if Intervals.icu did not tell what one became
   */
  String record(SyncedWorkouts ledger) {
    if (isCreating()) {
      throw new ServiceTrouble("Intervals.icu does not tell which activity was created");
    }
    workouts.forEach((id, workout) -> ledger.record(workout, activities.get(id)));
    String all = String.join(", ", activities.values());
    return changed.isEmpty()
        ? "created as " + all + " at Intervals.icu"
        : made.isEmpty()
            ? "updated as " + all + " at Intervals.icu"
            : "created or updated as " + all + " at Intervals.icu";
  }
}
