package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The known workouts that have activities at Intervals.icu. An implementation that overrides
 * nothing remembers nothing, so Intervals.icu is asked each time.
 */
public interface SyncedWorkouts {

  /** The activity of a workout; empty if there is none or it is unknown. */
  default Optional<String> activityOf(String workoutId) {
    return Optional.empty();
  }

  /** Whether a workout was written including a change. */
  default boolean isCurrent(String workoutId, Instant change) {
    return false;
  }

  /** Whether a workout was written in this version. */
  default boolean isCurrent(JsonNode workout) {
    return isCurrent(Workouts.id(workout), Workouts.updatedAt(workout));
  }

  /** Whether a workout was ever written, even if it has been deleted since. */
  default boolean isKnown(String workoutId) {
    return false;
  }

  /** Records that a workout was written. */
  default void record(JsonNode workout, String activityId) {}

  /** Records that the activity no longer exists although the workout does. */
  default void forget(String workoutId) {}

  /** Records that the workout was deleted. */
  default void markDeleted(String workoutId) {}

  /** Whether anything is remembered between workouts. */
  default boolean remembers() {
    return false;
  }
}
