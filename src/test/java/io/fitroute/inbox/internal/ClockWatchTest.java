package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private long nanos = 17;
  private final ClockWatch watch = new ClockWatch(clock, () -> nanos);

  private void pass(Duration time, Duration byTheClock) {
    nanos += time.toNanos();
    clock.advance(byTheClock);
  }

  @Test
  void timeThatPassesIsNoNews() {
    pass(Duration.ofDays(3), Duration.ofDays(3).plusSeconds(2));

    assertThat(watch.setBack()).isZero();
  }

  @Test
  void aClockThatIsSetBackIsNoticedOnce() {
    pass(Duration.ofMinutes(1), Duration.ofMinutes(1).minusHours(1));

    assertThat(watch.setBack()).isEqualTo(Duration.ofHours(1));
    assertThat(watch.setBack()).isZero();
  }

  @Test
  void aClockThatIsSetForwardIsNoReasonToWaitLessLater() {
    pass(Duration.ZERO, Duration.ofHours(1));
    assertThat(watch.setBack()).isZero();
    pass(Duration.ZERO, Duration.ofHours(-1));

    assertThat(watch.setBack()).isEqualTo(Duration.ofHours(1));
  }
}
