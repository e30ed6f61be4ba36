package io.fitroute.inbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What has become of an event. For an event that waits for an earlier one of the same object,
 * reason, due and inWork are those of the earlier one.
 *
 * @param id its number in the inbox
 * @param state its state
 * @param reason why it ended or why it waits; empty before the first attempt
 * @param due the time of the next attempt; empty once it is settled
 * @param inWork whether a worker holds it
 */
public record EventStatus(
    long id, EventState state, Optional<String> reason, Optional<Instant> due, boolean inWork) {

  /** The time of the next attempt as text, to the second; empty unless the event is pending. */
  public String nextAttempt() {
    return due.filter(when -> state == EventState.PENDING)
        .map(when -> when.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse("");
  }
}
