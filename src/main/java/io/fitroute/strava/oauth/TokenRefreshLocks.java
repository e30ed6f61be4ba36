package io.fitroute.strava.oauth;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets one process at a time renew an athlete's tokens. A refresh token may be good for one renewal
 * only: were two to use it at once, one of them could lose what the other was given.
 */
public final class TokenRefreshLocks {

  private static final String NOTE_CUT = SqlText.named("note-cut-token-refresh");
  private static final String TAKE = SqlText.named("take-token-refresh-lock");
  private static final String ALL = "";

  private final Ledger ledger;
  private final Duration longest;
  private final Clock clock;
  private final String holder;

  /**
   * @param longest how long a renewal may take; then whoever is at it counts as dead
   */
  public TokenRefreshLocks(Ledger ledger, Duration longest, SystemServices services) {
    this.ledger = ledger;
    this.longest = longest;
    this.clock = services.clock();
    this.holder = services.newId();
  }

  /** Begins one; returns false while somebody else is at it. */
  boolean begin(String athleteId) {
    return !isHeld(athleteId) && ledger.write(jdbc -> take(jdbc, athleteId)) == 1;
  }

  /** Those who wait look often, and looking disturbs nobody. */
  private boolean isHeld(String athleteId) {
    long now = clock.millis();
    return Rows.any(
        ledger.read(),
        "select count(*) from token_refresh_lock where athlete_id = ? and holder <> ?"
            + " and until_time > ? and until_time <= ?",
        athleteId,
        holder,
        now,
        now + longest.toMillis());
  }

  private int take(JdbcClient jdbc, String athleteId) {
    noteCut(jdbc, athleteId);
    long now = clock.millis();
    return jdbc.sql(TAKE)
        .param("athleteId", athleteId)
        .param("holder", holder)
        .param("now", now)
        .param("until", now + longest.toMillis())
        .update();
  }

  /** Ends one that was begun here. */
  void end(String athleteId) {
    ledger.write(
        jdbc ->
            jdbc.sql("delete from token_refresh_lock where athlete_id = ? and holder = ?")
                .params(athleteId, holder)
                .update());
  }

  /** Ends those of others; only for when it is known that they are gone. */
  public void takeOver() {
    ledger.write(
        jdbc -> {
          noteCut(jdbc, ALL);
          return jdbc.sql("delete from token_refresh_lock where holder <> ?")
              .param(holder)
              .update();
        });
  }

  /** What Strava gave to somebody who died before it was stored is lost, and the old is refused. */
  private void noteCut(JdbcClient jdbc, String athleteId) {
    long now = clock.millis();
    jdbc.sql(NOTE_CUT)
        .param("holder", holder)
        .param("athleteId", athleteId)
        .param("now", now)
        .param("until", now + longest.toMillis())
        .update();
  }
}
