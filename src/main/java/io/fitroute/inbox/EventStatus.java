package io.fitroute.inbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What has become of an event.
 *
 * @param id its number in the inbox
 * @param state where it is
 * @param reason why it ended so, or why it waits; empty while nothing has been tried
 * @param due when it is tried next; empty once it is settled
 * @param inWork whether a worker has it now; while another event of the same object has its turn,
 *     these three tell what that one waits for
 */
public record EventStatus(
    long id, EventState state, Optional<String> reason, Optional<Instant> due, boolean inWork) {

  /** When a pending one is tried next, as text, by the second; else empty. */
  public String nextAttempt() {
    return due.filter(when -> state == EventState.PENDING)
        .map(when -> when.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse("");
  }
}
