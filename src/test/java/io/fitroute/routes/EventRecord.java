package io.fitroute.routes;

import io.fitroute.inbox.EventState;
import java.time.Instant;
import java.util.Optional;

/**
 * What the inbox holds of an event.
 *
 * @param id its number
 * @param state where it is
 * @param reason why it ended or waits; empty while neither
 * @param due when it is tried next
 * @param inWork whether a worker has it
 * @param failures how many attempts failed
 * @param notReady how many attempts found the activity not ready
 */
record EventRecord(
    long id,
    EventState state,
    String reason,
    Optional<Instant> due,
    boolean inWork,
    int failures,
    int notReady) {

  boolean isSettled() {
    return state != EventState.PENDING;
  }

  /** Whether an attempt was made and the next one is not due yet. */
  boolean isWaiting() {
    return state == EventState.PENDING && !inWork && !reason.isEmpty();
  }
}
