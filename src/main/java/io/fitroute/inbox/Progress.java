package io.fitroute.inbox;

import io.fitroute.inbox.internal.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Shows whether work moves: the dispatcher polls, and due events find a worker. A long queue is
 * fine as long as workers take from it; an event that waits for its time is not due.
 */
public final class Progress {

  /** The dispatcher rests for seconds between polls, and waits less than that for the ledger. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

  /** Longer than any attempt that ends by itself. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);

  private final Leases leases;
  private final Clock clock;
  private volatile Optional<Instant> dispatchedAt = Optional.empty();
  private volatile Instant claimedAt;

  Progress(Leases leases, Clock clock) {
    this.leases = leases;
    this.clock = clock;
    this.claimedAt = clock.instant();
  }

  /** The dispatcher has started. */
  public void begin() {
    claimed();
    dispatched();
  }

  /** The dispatcher has stopped. */
  public void end() {
    dispatchedAt = Optional.empty();
  }

  /** The dispatcher has begun to poll. */
  public void dispatched() {
    dispatchedAt = Optional.of(clock.instant());
  }

  /** The dispatcher has polled and polls again after this rest, or earlier. */
  public void rests(Duration rest) {
    dispatchedAt = dispatchedAt.map(began -> clock.instant().plus(rest));
  }

  /** An idle worker was given the due events. */
  public void claimed() {
    claimedAt = clock.instant();
  }

  /**
   * The time since the dispatcher's last or planned poll; zero while it rests and where no
   * dispatcher runs.
   */
  public Duration sinceDispatch() {
    return dispatchedAt.map(this::since).filter(time -> !time.isNegative()).orElse(Duration.ZERO);
  }

  /** How long the event that has waited longest for a worker has been due. */
  public Duration lag() {
    return leases.nextDue().map(this::since).filter(age -> !age.isNegative()).orElse(Duration.ZERO);
  }

  private Duration since(Instant then) {
    return Duration.between(then, clock.instant());
  }

  /** Why work has stopped moving; empty while it moves. */
  public Optional<String> trouble() {
    if (sinceDispatch().compareTo(LONGEST_ROUND) > 0) {
      return Optional.of(
          "the inbox has not been polled for " + sinceDispatch().toMinutes() + " minutes");
    }
    Duration lag = lag();
    return lag.compareTo(LONGEST_STANDSTILL) > 0
            && since(claimedAt).compareTo(LONGEST_STANDSTILL) > 0
        ? Optional.of(
            "a due event has been waiting for a worker for " + lag.toMinutes() + " minutes")
        : Optional.empty();
  }
}
