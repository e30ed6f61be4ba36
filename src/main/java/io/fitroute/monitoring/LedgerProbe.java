package io.fitroute.monitoring;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.ledger.Work;
import io.fitroute.system.SystemServices;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

/**
 * Checks that events can be stored by storing and deleting a row of some size. The result is valid
 * for a second, so frequent checks are cheap.
 */
public final class LedgerProbe {

  private static final long HOLDS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

  /** More than a few events need, because free space inside a full database is soon used up. */
  private static final String FILLING = "-".repeat(16_000);

  private static final Work<Integer> STORE_AND_TAKE_AWAY =
      jdbc -> {
        jdbc.sql("insert into probe (filling) values (?)").param(FILLING).update();
        return jdbc.sql("delete from probe").update();
      };

  private final Ledger ledger;
  private final SystemServices services;
  private final Lock lock;
  private Optional<String> trouble = Optional.empty();
  private long triedAt;

  public LedgerProbe(Ledger ledger, SystemServices services) {
    this.ledger = ledger;
    this.services = services;
    this.lock = services.newLock();
    this.triedAt = services.nanoTime() - HOLDS_NANOS;
  }

  /** Why events cannot be stored; empty while they can. */
  public Optional<String> trouble() {
    lock.lock();
    try {
      if (services.nanoTime() - triedAt >= HOLDS_NANOS) {
        trouble = tryIt();
        triedAt = services.nanoTime();
      }
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> tryIt() {
    try {
      services.await(ledger.submit(STORE_AND_TAKE_AWAY), LONGEST_WAIT);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof LedgerUnavailable
              ? "events cannot be stored: the ledger cannot be written"
              : "events cannot be stored");
    } catch (TimeoutException e) {
      return Optional.of("events cannot be stored: the ledger does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the service is stopping");
    }
  }
}
