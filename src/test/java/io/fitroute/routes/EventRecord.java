package io.fitroute.routes;

import io.fitroute.inbox.EventState;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in the inbox.
 *
 * @param id its number
 * @param state its state
 * @param reason why it ended or waits; else empty
 * @param due the time of the next attempt
 * @param inWork whether a worker holds it
 * @param failures the number of failed attempts
 * @param notReady the number of attempts that found the activity not ready
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

  /** Whether it was attempted and the next attempt is not due yet. */
  boolean isWaiting() {
    return state == EventState.PENDING && !inWork && !reason.isEmpty();
  }
}
