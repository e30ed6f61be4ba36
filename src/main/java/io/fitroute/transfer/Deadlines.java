package io.fitroute.transfer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends exchanges that would not end by themselves: a time-out alone lets a server go on for as long
 * as it says a byte now and then. An exchange as a whole may take a time, and a second more for
 * each {@value #LEAST_BYTES_A_SECOND} bytes of content.
 */
public final class Deadlines {

  static final int LEAST_BYTES_A_SECOND = 16 * 1024;

  private final Duration longest;
  private final ScheduledThreadPoolExecutor watch;

  /**
   * @param longest how long an exchange may take, apart from its content
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

  /** How long an exchange with so much content may take. */
  public Duration allowed(long bytes) {
    return longest.plusNanos(TimeUnit.SECONDS.toNanos(1) / LEAST_BYTES_A_SECOND * bytes);
  }

  /**
   * Begins an exchange.
   *
   * @param abort makes whoever waits for the server fail, and does not wait itself
   */
  public Deadline start(Runnable abort) {
    return new Deadline(this, watch, abort);
  }
}
