package io.fitroute.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The deadline of an exchange, which is extended as content is transferred. */
public final class Deadline {

  private final Deadlines deadlines;
  private final ScheduledExecutorService watch;
  private final Runnable abort;
  private final long start = System.nanoTime();
  private volatile long bytes;
  private volatile boolean missed;
  private boolean over;
  private Future<?> look;

  Deadline(Deadlines deadlines, ScheduledExecutorService watch, Runnable abort) {
    this.deadlines = deadlines;
    this.watch = watch;
    this.abort = abort;
    look = watch.schedule(this::look, left(), TimeUnit.NANOSECONDS);
  }

  private synchronized void look() {
    if (over) {
      return;
    }
    long left = left();
    if (left > 0) {
      look = watch.schedule(this::look, left, TimeUnit.NANOSECONDS);
    } else {
      missed = true;
      abort.run();
    }
  }

  private long left() {
    return deadlines.allowed(bytes).toNanos() - (System.nanoTime() - start);
  }

  /** Records content that was sent or received; negative counts are ignored. */
  public void passed(long count) {
    bytes += Math.max(0, count);
  }

  /** Ends the exchange. */
  public synchronized void end() {
    over = true;
    look.cancel(false);
  }

  /** The reason why the exchange was aborted; empty if it was not. */
  public Optional<String> missed() {
    return missed
        ? Optional.of(
            "the answer was not complete after %.1f s"
                .formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0))
        : Optional.empty();
  }
}
