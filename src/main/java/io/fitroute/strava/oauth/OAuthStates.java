package io.fitroute.strava.oauth;

import io.fitroute.fit.Sha256;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The states of athletes who were sent to Strava's consent page. A {@code state} cannot be guessed
 * and is valid once, for ten minutes, so only connections started here are accepted. They are kept
 * in the ledger (as hashes), so that a command can start a connection and the service complete it.
 */
public final class OAuthStates {

  private static final String TAKE = SqlText.named("take-oauth-state");
  private static final Duration VALID = Duration.ofMinutes(10);

  /** How long results are kept for those who wait for them. */
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * Honest use stays below this number of open states. The operator's own commands may have more,
   * so that strangers cannot lock them out.
   */
  private static final int MOST_OPEN = 1000;

  private static final int MOST_OPEN_FOR_OPERATOR = 2 * MOST_OPEN;

  private final Ledger ledger;
  private final Clock clock;
  private final RandomGenerator random;

  public OAuthStates(Ledger ledger, SystemServices services) {
    this.ledger = ledger;
    this.clock = services.clock();
    this.random = services.random();
  }

  /**
   * The result of a connection.
   *
   * @param athleteId the athlete who is connected now; empty on failure
   * @param refusal the reason of the failure; empty on success
   */
  public record End(Optional<String> athleteId, Optional<String> refusal) {}

  /**
   * Creates a state for anybody.
   *
   * @return the state
   * @throws ConnectRefused while too many are open
   */
  public String make() {
    return make(MOST_OPEN);
  }

  /** As {@link #make}, for a command of the operator. */
  public String makeForOperator() {
    return make(MOST_OPEN_FOR_OPERATOR);
  }

  private String make(int most) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = clock.millis();
    boolean made =
        ledger.write(
            jdbc -> {
              jdbc.sql("delete from oauth_state where expires_at < ?")
                  .param(now - KEPT.toMillis())
                  .update();
              long open =
                  Rows.count(
                      jdbc,
                      "select count(*) from oauth_state where used_at is null and expires_at > ?",
                      now);
              return open < most
                  && jdbc.sql("insert into oauth_state (state_hash, expires_at) values (?, ?)")
                          .params(Sha256.of(state), now + VALID.toMillis())
                          .update()
                      == 1;
            });
    if (!made) {
      throw new ConnectRefused(
          503,
          "Too many connections were started and not completed. Please try again in "
              + VALID.toMinutes()
              + " minutes.");
    }
    return state;
  }

  /** Uses up a state; returns whether it was valid. */
  boolean take(String state) {
    long now = clock.millis();
    return ledger.write(
            jdbc -> jdbc.sql(TAKE).param("hash", Sha256.of(state)).param("now", now).update())
        == 1;
  }

  /** Records success. */
  void connected(String state, String athleteId) {
    end(state, "athlete_id", athleteId);
  }

  /** Records failure. */
  void refused(String state, String why) {
    end(state, "refusal", why);
  }

  private void end(String state, String column, String value) {
    ledger.write(
        jdbc ->
            jdbc.sql("update oauth_state set " + column + " = ? where state_hash = ?")
                .params(value, Sha256.of(state))
                .update());
  }

  /** The result of a connection; empty until there is one. */
  public Optional<End> endOf(String state) {
    return ledger
        .read()
        .sql("select athlete_id, refusal from oauth_state where state_hash = ?")
        .param(Sha256.of(state))
        .query(
            (row, number) ->
                new End(
                    Optional.ofNullable(row.getString("athlete_id")),
                    Optional.ofNullable(row.getString("refusal"))))
        .optional()
        .filter(end -> end.athleteId().isPresent() || end.refusal().isPresent());
  }
}
