package io.fitroute.transfer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Aborts exchanges that would not end by themselves: with a time-out alone, a server can prolong an
 * exchange by sending a byte now and then. An exchange is given a fixed time, plus a second for
 * each {@value #LEAST_BYTES_A_SECOND} bytes of content.
 */
public final class Deadlines {

  static final int LEAST_BYTES_A_SECOND = 16 * 1024;

  private final Duration longest;
  private final ScheduledThreadPoolExecutor watch;

  /**
   * @param longest the time for an exchange without its content
   */
  public Deadlines(Duration longest) {
    this.longest = longest;
    watch = new ScheduledThreadPoolExecutor(1, Deadlines::thread);
    watch.setRemoveOnCancelPolicy(true);
    // without exchanges there is no thread
    watch.setKeepAliveTime(1, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "deadlines");
    thread.setDaemon(true);
    return thread;
  }

  /** The time for an exchange with an amount of content. */
  public Duration allowed(long bytes) {
    return longest.plusNanos(TimeUnit.SECONDS.toNanos(1) / LEAST_BYTES_A_SECOND * bytes);
  }

  /**
   * Starts the deadline of an exchange.
   *
   * @param abort makes threads that wait for the server fail; must not block
   */
  public Deadline start(Runnable abort) {
    return new Deadline(this, watch, abort);
  }
}
