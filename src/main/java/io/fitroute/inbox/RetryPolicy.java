package io.fitroute.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What becomes of an event after an attempt.
 *
 * @param failing delays after failures
 * @param notReady delays while a fresh object is not to be had
 * @param sinkDown delays while a sink does not take a file
 * @param fresh how long after its event an object may be expected to be still in the making
 * @param jitter lengthens or shortens the delays after failures a little, so that what failed
 *     together does not come again together
 */
public record RetryPolicy(
    BackoffSchedule failing,
    BackoffSchedule notReady,
    BackoffSchedule sinkDown,
    Duration fresh,
    UnaryOperator<Duration> jitter) {

  /** Either an end or a later attempt. */
  public sealed interface Next {

    /** The event ends. */
    record End(EventState state, String reason) implements Next {}

    /** The event is tried again. */
    record Later(Instant due, int failures, int notReady, String reason) implements Next {

      /** For people, who do not care for less than a second. */
      public Instant dueSecond() {
        return due.truncatedTo(ChronoUnit.SECONDS);
      }
    }
  }

  /** Decides. */
  public Next after(Event event, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Settled settled) {
      return new Next.End(settled.state(), settled.reason());
    }
    if (outcome instanceof Outcome.Deferred parked) {
      return new Next.Later(parked.until(), event.failures(), event.notReady(), parked.reason());
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

  /** An attempt that came early because somebody told or asked something leaves the rest alone. */
  private static int counted(Event event) {
    return event.hastened() ? 0 : 1;
  }

  /**
   * Whether it is of use to wait for an object that is not to be had now: the event is fresh, or
   * was when the waiting began, and the last attempt is still to come.
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
