package io.fitroute.strava.oauth;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets one process at a time refresh an athlete's tokens. A refresh token may be valid only once:
 * of two concurrent refreshes, one could invalidate what the other received.
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
   * @param longest how long a refresh may take; after that its process counts as dead
   */
  public TokenRefreshLocks(Ledger ledger, Duration longest, SystemServices services) {
    this.ledger = ledger;
    this.longest = longest;
    this.clock = services.clock();
    this.holder = services.newId();
  }

  /** Starts a refresh; returns false while another process is refreshing. */
  boolean begin(String athleteId) {
    return !isHeld(athleteId) && ledger.write(jdbc -> take(jdbc, athleteId)) == 1;
  }

  /** Waiting callers check often, so the check only reads. */
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

  /** Ends a refresh started here. */
  void end(String athleteId) {
    ledger.write(
        jdbc ->
            jdbc.sql("delete from token_refresh_lock where athlete_id = ? and holder = ?")
                .params(athleteId, holder)
                .update());
  }

  /** Ends the refreshes of all other processes; only to be called when none of them is running. */
  public void takeOver() {
    ledger.write(
        jdbc -> {
          noteCut(jdbc, ALL);
          return jdbc.sql("delete from token_refresh_lock where holder <> ?")
              .param(holder)
              .update();
        });
  }

  /**
   * Tokens issued to a process that died before storing them are lost, and the old ones may be
   * refused.
   */
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
