package io.fitroute.inbox.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Detects when the clock was set back. Not thread-safe. */
final class ClockWatch {

  /** Clocks are corrected slightly now and then, which needs no reaction. */
  private static final Duration NUDGE = Duration.ofSeconds(5);

  private final Clock clock;
  private final LongSupplier nanoTime;
  private long ahead;

  /**
   * @param nanoTime a monotonic time in nanoseconds with an arbitrary origin
   */
  ClockWatch(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.ahead = ahead();
  }

  private long ahead() {
    return clock.millis() - nanoTime.getAsLong() / 1_000_000;
  }

  /** By how much the clock was set back since the last call; zero if it was not. */
  Duration setBack() {
    long now = ahead();
    Duration back = Duration.ofMillis(ahead - now);
    if (back.abs().compareTo(NUDGE) < 0) {
      return Duration.ZERO;
    }
    ahead = now;
    return back.isNegative() ? Duration.ZERO : back;
  }
}
