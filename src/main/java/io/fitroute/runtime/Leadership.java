package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;

/**
 * Decides which of several services on one ledger does what must be done once: watching the
 * subscription, polling Strava and Hevy, and deleting old data. If it dies, another takes over
 * after some minutes.
 */
public final class Leadership {

  private static final String TAKE = SqlText.named("take-leadership");
  private static final String TASK = "housekeeping";
  private static final Duration TERM = Duration.ofMinutes(3);

  private final Ledger ledger;
  private final boolean shared;
  private final Clock clock;
  private final String holder;

  /**
   * @param shared whether several services may share the ledger; if not, it is always this one
   */
  public Leadership(Ledger ledger, boolean shared, SystemServices services) {
    this.ledger = ledger;
    this.shared = shared;
    this.clock = services.clock();
    this.holder = services.newId();
  }

  /** Whether it is this service; if so, it stays so for some minutes. */
  public boolean isMine() {
    return !shared || take();
  }

  private boolean take() {
    long now = clock.millis();
    return ledger.write(
            jdbc ->
                jdbc.sql(TAKE)
                    .param("task", TASK)
                    .param("holder", holder)
                    .param("now", now)
                    .param("until", now + TERM.toMillis())
                    .update())
        == 1;
  }

  /** Lets another service take over. */
  void resign() {
    if (shared) {
      ledger.write(
          jdbc -> jdbc.sql("delete from leadership where holder = ?").param(holder).update());
    }
  }
}
