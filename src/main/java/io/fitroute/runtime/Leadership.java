package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;

/**
 * Which of several services on one ledger does what only one has to do: watch the subscription,
 * forget what is old. If it dies, another takes over after a while.
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
   * @param shared whether the ledger is one that several services may share; else it is always this
   *     one
   */
  public Leadership(Ledger ledger, boolean shared, SystemServices services) {
    this.ledger = ledger;
    this.shared = shared;
    this.clock = services.clock();
    this.holder = services.newId();
  }

  /** Whether it is this service, which it then stays for some minutes. */
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

  /** Leaves it to the others, at the end. */
  void resign() {
    if (shared) {
      ledger.write(
          jdbc -> jdbc.sql("delete from leadership where holder = ?").param(holder).update());
    }
  }
}
