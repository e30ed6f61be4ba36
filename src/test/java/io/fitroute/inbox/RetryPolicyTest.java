package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.RetryPolicy.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant NOW = RECEIVED.plusSeconds(60);
  private static final Duration FRESH = Duration.ofHours(1);

  private final RetryPolicy policy =
      new RetryPolicy(
          new BackoffSchedule(List.of(Duration.ofSeconds(10), Duration.ofSeconds(60))),
          new BackoffSchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5))),
          new BackoffSchedule(List.of(Duration.ofMinutes(2))),
          FRESH,
          delay -> delay.plusMillis(1));

  @Test
  void whatIsSettledEndsSo() {
    for (EventState state : List.of(EventState.DONE, EventState.SKIPPED, EventState.DEAD)) {
      assertThat(policy.after(live(0, 0), new Outcome.Settled(state, "why"), NOW))
          .isEqualTo(new Next.End(state, "why"));
    }
  }

  @Test
  void failuresAreTriedAgainAfterGrowingDelaysAndThenDead() {
    Outcome failed = new Outcome.Failed("no answer");

    assertThat(policy.after(live(0, 1), failed, NOW))
        .isEqualTo(new Next.Later(NOW.plusMillis(10_001), 1, 1, "no answer"));
    assertThat(policy.after(live(1, 0), failed, NOW))
        .isEqualTo(new Next.Later(NOW.plusMillis(60_001), 2, 0, "no answer"));
    assertThat(policy.after(live(2, 0), failed, NOW))
        .isEqualTo(new Next.End(EventState.DEAD, "gave up after 3 failed attempts: no answer"));
  }

  @Test
  void aSinkThatIsDownHasALadderOfItsOwn() {
    Outcome down = new Outcome.SinkDown("disk full");

    assertThat(policy.after(live(0, 0), down, NOW))
        .isEqualTo(new Next.Later(NOW.plusMillis(120_001), 1, 0, "disk full"));
    assertThat(policy.after(live(1, 0), down, NOW)).isInstanceOf(Next.End.class);
  }

  @Test
  void whatIsNotReadyHasALadderOfItsOwn() {
    Outcome notReady = new Outcome.NotReady("404");

    assertThat(policy.after(live(1, 0), notReady, NOW))
        .isEqualTo(new Next.Later(NOW.plusSeconds(60), 1, 1, "404"));
    assertThat(policy.after(live(1, 1), notReady, NOW))
        .isEqualTo(new Next.Later(NOW.plusSeconds(300), 1, 2, "404"));
    assertThat(policy.after(live(1, 2), notReady, NOW))
        .isEqualTo(new Next.End(EventState.DEAD, "not ready after 3 attempts: 404"));
  }

  @Test
  void onlyAFreshLiveEventCanBeNotReady() {
    Outcome notReady = new Outcome.NotReady("404");

    assertThat(policy.after(live(0, 0), notReady, RECEIVED.plus(FRESH).minusMillis(1)))
        .isInstanceOf(Next.Later.class);
    assertThat(policy.after(live(0, 0), notReady, RECEIVED.plus(FRESH)))
        .isEqualTo(new Next.End(EventState.DEAD, "404"));
    for (Priority priority : List.of(Priority.MANUAL, Priority.HISTORY)) {
      assertThat(policy.after(event(priority, 0, 0), notReady, NOW))
          .isEqualTo(new Next.End(EventState.DEAD, "404"));
    }
  }

  @Test
  void whoHasBegunToWaitWaitsToTheEndOfTheLadder() {
    assertThat(policy.after(live(0, 1), new Outcome.NotReady("404"), RECEIVED.plus(FRESH)))
        .isInstanceOf(Next.Later.class);
  }

  @Test
  void whatIsParkedUsesUpNoAttempt() {
    Instant until = NOW.plus(Duration.ofDays(1));

    assertThat(policy.after(live(2, 2), new Outcome.Deferred(until, "budget used up"), NOW))
        .isEqualTo(new Next.Later(until, 2, 2, "budget used up"));
  }

  @Test
  void anAttemptThatCameEarlyDoesNotCount() {
    assertThat(policy.after(early(2, 0), new Outcome.Failed("no answer"), NOW))
        .isEqualTo(new Next.Later(NOW.plusMillis(60_001), 2, 0, "no answer"));
    assertThat(policy.after(early(0, 2), new Outcome.NotReady("404"), NOW))
        .isEqualTo(new Next.Later(NOW.plusSeconds(300), 0, 2, "404"));
    assertThat(policy.after(early(0, 0), new Outcome.Failed("no answer"), NOW))
        .isEqualTo(new Next.Later(NOW.plusMillis(10_001), 0, 0, "no answer"));
    assertThat(policy.mayWait(early(0, 2), NOW)).isTrue();
  }

  private static Event early(int failures, int notReady) {
    return new Event(7, Events.of("1"), RECEIVED, failures, notReady, true, "lease");
  }

  private static Event live(int failures, int notReady) {
    return event(Priority.LIVE, failures, notReady);
  }

  private static Event event(Priority priority, int failures, int notReady) {
    return new Event(7, Events.of("1", 0, priority), RECEIVED, failures, notReady, false, "lease");
  }
}
