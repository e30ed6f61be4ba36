package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Variable;

/**
 * Workouts in the ledger, and how far the feed of changes has been read.
 *
 * @param watched whether the feed can be requested
 */
public record LedgerWorkouts(Ledger ledger, boolean watched, Clock clock)
    implements SyncedWorkouts {

  private static final String RECORD = SqlText.named("record-workout");
  private static final String REACH = SqlText.named("reach-workout-feed");

  /** Earlier changes are left to {@code ./fitroute backfill}. */
  private static final Duration FIRST_LOOK_BACK = Duration.ofDays(1);

  @Override
  public Optional<String> activityOf(String workoutId) {
    return ledger
        .read()
        .sql("select activity_id from workout where id = ? and deleted_at is null")
        .param(workoutId)
        .query(String.class)
        .optional();
  }

  @Override
  public boolean isCurrent(String workoutId, Instant change) {
    return has(
        "id = ? and updated_at >= ? and deleted_at is null", workoutId, change.toEpochMilli());
  }

  /** Whether an event contains nothing new, so that no request to Hevy is needed. */
  public boolean isOld(@Variable("event") Event event) {
    return event.aspect().equals("update")
        && isCurrent(event.objectId(), event.event().eventTime());
  }

  @Override
  public boolean isKnown(String workoutId) {
    return has("id = ?", workoutId);
  }

  private boolean has(String condition, Object... values) {
    return Rows.count(ledger.read(), "select count(*) from workout where " + condition, values) > 0;
  }

  @Override
  public void record(JsonNode workout, String activityId) {
    ledger.write(
        jdbc ->
            jdbc.sql(RECORD)
                .param("id", Workouts.id(workout))
                .param("activityId", activityId)
                .param("title", workout.path("title").asText("").replace("\0", ""))
                .param("updatedAt", Workouts.updatedAt(workout).toEpochMilli())
                .param("now", clock.millis())
                .update());
  }

  @Override
  public void forget(String workoutId) {
    write("delete from workout where id = ?", workoutId);
  }

  @Override
  public void markDeleted(String workoutId) {
    write("update workout set deleted_at = ? where id = ?", clock.millis(), workoutId);
  }

  private void write(String statement, Object... values) {
    ledger.write(jdbc -> jdbc.sql(statement).params(values).update());
  }

  @Override
  public boolean remembers() {
    return true;
  }

  /** The time since which changes are requested. */
  public Instant since() {
    return ledger
        .read()
        .sql("select since_time from workout_feed")
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli)
        .orElseGet(() -> clock.instant().minus(FIRST_LOOK_BACK));
  }

  /**
   * Records that all these changes are in the inbox, by Hevy's clock, which may differ from ours.
   */
  public void reached(@Variable("changes") List<NewEvent> changes) {
    changes.stream()
        .map(NewEvent::eventTime)
        .max(Instant::compareTo)
        .ifPresent(
            latest ->
                ledger.write(
                    jdbc -> jdbc.sql(REACH).param("since", latest.toEpochMilli()).update()));
  }
}
