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
 * Repeats a round with a rest after each that ends early when it is woken. Pauses and logs when the
 * ledger is unavailable.
 */
public final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final String trouble;
  private final SystemServices services;
  private final Semaphore signal = new Semaphore(0);
  private volatile boolean running;

  /** The repeated work. */
  public interface Round {

    /** Returns how long to rest before the next round; zero if there may be more to do. */
    Duration make() throws InterruptedException;
  }

  /**
   * @param trouble the log message for an unavailable ledger
   */
  public Rounds(String trouble, SystemServices services) {
    this.trouble = trouble;
    this.services = services;
  }

  /** Starts on a thread that stays occupied until {@link #stop()}. */
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
        // a bug ends this round only
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

  /** Ends the rest, or skips the next one if a round is in progress. */
  public void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  /** Lets no further round begin. */
  public void stop() {
    running = false;
    wake();
  }
}
