package io.fitroute.inbox.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices when the clock was set back. To be used by one thread. */
final class ClockWatch {

  /** Clocks are nudged now and then; that is not worth a word. */
  private static final Duration NUDGE = Duration.ofSeconds(5);

  private final Clock clock;
  private final LongSupplier nanoTime;
  private long ahead;

  /**
   * @param nanoTime a time that nobody can set, in nanoseconds since whenever
   */
  ClockWatch(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.ahead = ahead();
  }

  private long ahead() {
    return clock.millis() - nanoTime.getAsLong() / 1_000_000;
  }

  /** By how much the clock was set back since the last time this was asked; zero if it was not. */
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
