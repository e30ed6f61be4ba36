package io.fitroute.inbox.internal;

import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.system.SystemServices;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Makes the same round again and again, with a rest after each that ends when it is woken. When the
 * ledger cannot be used it says so, and pauses.
 */
public final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final String trouble;
  private final SystemServices services;
  private final Semaphore signal = new Semaphore(0);
  private volatile boolean running;

  /** What is done each time. */
  public interface Round {

    /** Returns for how long to rest afterwards, unless woken; zero if there may be more to do. */
    Duration make() throws InterruptedException;
  }

  /**
   * @param trouble what is said when the ledger cannot be used, in words
   */
  public Rounds(String trouble, SystemServices services) {
    this.trouble = trouble;
    this.services = services;
  }

  /** Begins, on a thread that this takes up until it is stopped. */
  public void begin(Executor thread, Round round) {
    running = true;
    thread.execute(() -> makeUntilStopped(round));
  }

  private void makeUntilStopped(Round round) {
    while (running) {
      try {
        signal.drainPermits();
        Duration rest = round.make();
        services.acquire(signal, rest);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (LedgerUnavailable | DataAccessException e) {
        if (!running) {
          return;
        }
        LOG.warn("{} at the moment: {}", trouble, e.getMessage());
        pause();
      } catch (RuntimeException e) {
        // a fault of ours, which ends this round and not all that are to come
        LOG.error("Polling the inbox failed", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      services.sleep(AFTER_TROUBLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** There is something to do: the rest ends, or is left out if a round is being made. */
  public void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  /** No further round is begun. */
  public void stop() {
    running = false;
    wake();
  }
}
