package io.fitroute.inbox;

import io.fitroute.inbox.internal.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether work moves: the dispatcher looks for events, and those that are due find a worker. A
 * crowd may wait for long as long as workers take from it; what waits for its time is not due.
 */
public final class Progress {

  /** Between two looks the dispatcher rests for seconds, and waits for the ledger for less. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

  /** Longer than any attempt takes that ends by itself. */
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

  /** The dispatcher has begun its work. */
  public void begin() {
    claimed();
    dispatched();
  }

  /** The dispatcher rests until further notice. */
  public void end() {
    dispatchedAt = Optional.empty();
  }

  /** The dispatcher has begun a round. */
  public void dispatched() {
    dispatchedAt = Optional.of(clock.instant());
  }

  /** The dispatcher has ended a round and begins the next after a rest, or earlier. */
  public void rests(Duration rest) {
    dispatchedAt = dispatchedAt.map(began -> clock.instant().plus(rest));
  }

  /** A worker was idle, and was given what was due. */
  public void claimed() {
    claimedAt = clock.instant();
  }

  /**
   * How long ago the dispatcher last looked for events, or was to look; zero while it rests and
   * where none is at work.
   */
  public Duration sinceDispatch() {
    return dispatchedAt.map(this::since).filter(time -> !time.isNegative()).orElse(Duration.ZERO);
  }

  /** How long the event has been due that has waited for a worker the longest. */
  public Duration lag() {
    return leases.nextDue().map(this::since).filter(age -> !age.isNegative()).orElse(Duration.ZERO);
  }

  private Duration since(Instant then) {
    return Duration.between(then, clock.instant());
  }

  /** Why nothing moves; empty while it does. */
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
