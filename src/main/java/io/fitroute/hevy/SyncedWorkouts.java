package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** What is known of the workouts that were made activities at Intervals.icu. */
public interface SyncedWorkouts {

  /** The activity of a workout; empty if none was made, or that is not known. */
  Optional<String> activityOf(String workoutId);

  /** Whether a workout was there as of a change of it. */
  boolean isCurrent(String workoutId, Instant change);

  /** Whether a workout is there as it is. */
  default boolean isCurrent(JsonNode workout) {
    return isCurrent(Workouts.id(workout), Workouts.updatedAt(workout));
  }

  /** Whether a workout was there once, though it may have been deleted since. */
  boolean isKnown(String workoutId);

  /** Takes note that a workout is there. */
  void record(JsonNode workout, String activityId);

  /** Takes note that its activity is there no longer, though the workout is. */
  void forget(String workoutId);

  /** Takes note that it is deleted. */
  void markDeleted(String workoutId);

  /** Whether anything is remembered from one workout to the next. */
  boolean remembers();

  /** Of those who remember nothing: Intervals.icu itself has to be asked. */
  static SyncedWorkouts none() {
    return new SyncedWorkouts() {
      @Override
      public Optional<String> activityOf(String workoutId) {
        return Optional.empty();
      }

      @Override
      public boolean isCurrent(String workoutId, Instant change) {
        return false;
      }

      @Override
      public boolean isKnown(String workoutId) {
        return false;
      }

      @Override
      public void record(JsonNode workout, String activityId) {}

      @Override
      public void forget(String workoutId) {}

      @Override
      public void markDeleted(String workoutId) {}

      @Override
      public boolean remembers() {
        return false;
      }
    };
  }
}
