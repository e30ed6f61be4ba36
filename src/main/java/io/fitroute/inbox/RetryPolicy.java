package io.fitroute.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides what follows an attempt at an event.
 *
 * @param failing the delays after failures
 * @param notReady the delays while a fresh object is not available
 * @param sinkDown the delays while a sink does not take a file
 * @param fresh how long after its event an object may still be incomplete at its origin
 * @param jitter changes the delays after failures slightly, so that events that failed together do
 *     not return together
 */
public record RetryPolicy(
    BackoffSchedule failing,
    BackoffSchedule notReady,
    BackoffSchedule sinkDown,
    Duration fresh,
    UnaryOperator<Duration> jitter) {

  /** Either the end of the event or a later attempt. */
  public sealed interface Next {

    record End(EventState state, String reason) implements Next {}

    record Later(Instant due, int failures, int notReady, String reason) implements Next {

      /** The due time for people, who do not need fractions of a second. */
      public Instant dueSecond() {
        return due.truncatedTo(ChronoUnit.SECONDS);
      }
    }
  }

  /** Decides what follows an attempt. */
  public Next after(Event event, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Settled settled) {
      return new Next.End(settled.state(), settled.reason());
    }
    if (outcome instanceof Outcome.Deferred deferred) {
      return new Next.Later(
          deferred.until(), event.failures(), event.notReady(), deferred.reason());
    }
    if (outcome instanceof Outcome.NotReady notYet) {
      return afterNotReady(event, notYet.reason(), now);
    }
    BackoffSchedule backoffSchedule = outcome instanceof Outcome.SinkDown ? sinkDown : failing;
    int failures = event.failures() + counted(event);
    return backoffSchedule
        .after(Math.max(1, failures))
        .map(jitter)
        .<Next>map(
            delay -> new Next.Later(now.plus(delay), failures, event.notReady(), outcome.reason()))
        .orElseGet(
            () ->
                new Next.End(
                    EventState.DEAD,
                    "gave up after " + failures + " failed attempts: " + outcome.reason()));
  }

  /** An attempt that was brought forward does not use up one of the scheduled ones. */
  private static int counted(Event event) {
    return event.hastened() ? 0 : 1;
  }

  /**
   * Whether waiting for an object that is not ready is worthwhile: the event is fresh, or was when
   * the waiting began, and attempts remain.
   */
  public boolean mayWait(Event event, Instant now) {
    return isExpected(event, now) && delayWhileNotReady(event).isPresent();
  }

  private boolean isExpected(Event event, Instant now) {
    return event.notReady() > 0
        || (event.priority() == Priority.LIVE && event.receivedAt().plus(fresh).isAfter(now));
  }

  private Optional<Duration> delayWhileNotReady(Event event) {
    return notReady.after(Math.max(1, event.notReady() + counted(event)));
  }

  private Next afterNotReady(Event event, String reason, Instant now) {
    int attempts = event.notReady() + counted(event);
    if (!isExpected(event, now)) {
      return new Next.End(EventState.DEAD, reason);
    }
    return delayWhileNotReady(event)
        .<Next>map(delay -> new Next.Later(now.plus(delay), event.failures(), attempts, reason))
        .orElseGet(
            () ->
                new Next.End(
                    EventState.DEAD, "not ready after " + attempts + " attempts: " + reason));
  }
}
