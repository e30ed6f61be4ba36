package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the workouts that were made activities at Intervals.icu. Who does not override
 * anything remembers nothing, so that Intervals.icu itself has to be asked.
 */
public interface SyncedWorkouts {

  /** The activity of a workout; empty if none was made, or that is not known. */
  default Optional<String> activityOf(String workoutId) {
    return Optional.empty();
  }

  /** Whether a workout was there as of a change of it. */
  default boolean isCurrent(String workoutId, Instant change) {
    return false;
  }

  /** Whether a workout is there as it is. */
  default boolean isCurrent(JsonNode workout) {
    return isCurrent(Workouts.id(workout), Workouts.updatedAt(workout));
  }

  /** Whether a workout was there once, though it may have been deleted since. */
  default boolean isKnown(String workoutId) {
    return false;
  }

  /** Takes note that a workout is there. */
  default void record(JsonNode workout, String activityId) {}

  /** Takes note that its activity is there no longer, though the workout is. */
  default void forget(String workoutId) {}

  /** Takes note that it is deleted. */
  default void markDeleted(String workoutId) {}

  /** Whether anything is remembered from one workout to the next. */
  default boolean remembers() {
    return false;
  }
}
