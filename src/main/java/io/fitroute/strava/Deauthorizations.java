package io.fitroute.strava;

import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import org.apache.camel.Variable;

/**
 * Athletes who withdraw the permission. Strava tells it as an update of the athlete with {@code
 * authorized} false; others have expected a deletion of the athlete, so that counts as well.
 */
public final class Deauthorizations {

  private static final String FORGET = SqlText.named("forget-athlete");
  private static final String SETTLE = SqlText.named("settle-events-of-athlete");

  private static final long NO_EVENT = 0;

  private final Ledger ledger;
  private final Clock clock;

  public Deauthorizations(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Whether an event of an athlete says anything but that. */
  public boolean isSomethingElse(@Variable("event") Event event) {
    boolean withdrawn =
        event.aspect().equals("delete")
            || (event.aspect().equals("update")
                && "false".equalsIgnoreCase(event.updates().get("authorized")));
    return !withdrawn;
  }

  /** Erases the athlete's tokens, and settles what waits for them. */
  public void forget(@Variable("event") Event event) {
    forget(event.ownerId(), event.id(), "the athlete withdrew the permission");
  }

  /**
   * As {@link #forget(Event)}, when it was not an event that asked for it.
   *
   * @param reason of the events that end with it
   * @return how many those are
   */
  public int forget(String athleteId, String reason) {
    return forget(athleteId, NO_EVENT, reason);
  }

  private int forget(String athleteId, long self, String reason) {
    long now = clock.millis();
    return ledger.write(
        jdbc -> {
          jdbc.sql(FORGET).param("id", athleteId).update();
          return jdbc.sql(SETTLE)
              .param("id", athleteId)
              .param("self", self)
              .param("now", now)
              .param("reason", reason)
              .update();
        });
  }
}
