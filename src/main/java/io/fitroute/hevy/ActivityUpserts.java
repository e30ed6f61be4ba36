package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** What the route {@code hevy} asks and decides about workouts and the activities they become. */
public final class ActivityUpserts {

  private static final int YEARS_BACK = 2;

  private Function<JsonNode, ObjectNode> mapping;
  private SyncedWorkouts synced;

  public void setMapping(Function<JsonNode, ObjectNode> mapping) {
    this.mapping = mapping;
  }

  public void setSynced(SyncedWorkouts synced) {
    this.synced = synced;
  }

  /** Whether a workout is at Intervals.icu as it is. */
  public boolean isCurrent(@Body JsonNode workout) {
    return synced.isCurrent(workout);
  }

  /** Whether it was there at any time. */
  public boolean isKnown(@Variable("workoutId") String workoutId) {
    return synced.isKnown(workoutId);
  }

  /** Begins with one workout, or an array of several. */
  public Upsert begin(@Body JsonNode body) {
    Upsert upsert = new Upsert();
    for (JsonNode workout : body.isArray() ? body : List.of(body)) {
      upsert.add(workout, mapping.apply(workout), synced.activityOf(Workouts.id(workout)));
    }
    return upsert;
  }

  /** Takes in which activities there are. */
  public void found(@Variable("upsert") Upsert upsert, @Body JsonNode activities) {
    upsert.found(activities);
  }

  public void changed(
      @Variable("upsert") Upsert upsert, @Variable("activityId") String activityId) {
    upsert.changed(activityId);
  }

  /**
   * Takes note that an activity is there no longer.
   *
   * @throws ServiceTrouble always, so that another one is made at the next attempt
   */
  public void gone(@Variable("upsert") Upsert upsert, @Variable("activityId") String activityId) {
    synced.forget(upsert.workoutOf(activityId));
    throw new ServiceTrouble(
        "the activity " + activityId + " is gone from Intervals.icu; it is made anew");
  }

  public void created(@Variable("upsert") Upsert upsert, @Body JsonNode answer) {
    upsert.created(answer);
  }

  /** Records what was done, and says it in words. */
  public String record(@Variable("upsert") Upsert upsert) {
    return upsert.record(synced);
  }

  // deletions

  /** The activity that was made of a workout; empty if that is not known. */
  public String activityOf(@Variable("workoutId") String workoutId) {
    return synced.activityOf(workoutId).orElse("");
  }

  /** Whether only Intervals.icu may know. */
  public boolean hasToBeLookedFor() {
    return !synced.remembers();
  }

  /** The days on which it may be. */
  public String wideWindow() {
    LocalDate today = LocalDate.now();
    return "oldest=%s&newest=%s&fields=id,external_id"
        .formatted(today.minusYears(YEARS_BACK), today.plusDays(2));
  }

  /** The activity of a workout among those that were found; empty if it is not there. */
  public String match(@Variable("workoutId") String workoutId, @Body JsonNode activities) {
    for (JsonNode activity : activities) {
      if (isOf(workoutId, activity)) {
        return activity.path("id").asText();
      }
    }
    return "";
  }

  /** Whether an activity was made of a workout: nothing else is ever removed. */
  public boolean isOf(@Variable("workoutId") String workoutId, @Body JsonNode activity) {
    return activity.path("external_id").asText().equals(workoutId);
  }

  public void markDeleted(@Variable("workoutId") String workoutId) {
    synced.markDeleted(workoutId);
  }
}
