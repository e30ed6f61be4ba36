package io.fitroute.inbox;

import io.fitroute.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sorts what has arrived into the queue: at once when something is on disk, and now and then,
 * because somebody who died, or another program, may have left something.
 */
final class Sorter {

  private static final Logger LOG = LoggerFactory.getLogger(Sorter.class);
  private static final Duration LOOK_AROUND = Duration.ofMillis(500);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final Inbox inbox;
  private final Semaphore signal = new Semaphore(1);
  private volatile boolean running = true;

  Sorter(Inbox inbox) {
    this.inbox = inbox;
  }

  /** There is something to sort. */
  void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  /** Sorts until it is stopped, giving way to what is being received. */
  void sortUntilStopped(Reception reception) {
    while (running) {
      try {
        signal.tryAcquire(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
        sort(reception);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (LedgerUnavailable | DataAccessException e) {
        LOG.warn("What has arrived cannot be sorted at the moment: {}", e.getMessage());
        pause();
      }
    }
  }

  private void sort(Reception reception) throws InterruptedException {
    boolean more = true;
    while (running && more) {
      reception.giveWay();
      more = inbox.sortArrivals();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    running = false;
    wake();
  }
}
