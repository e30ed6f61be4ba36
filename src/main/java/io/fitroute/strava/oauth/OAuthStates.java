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
 * Athletes who were sent to Strava's consent page and are expected back. Each takes a {@code state}
 * along that nobody can guess; it counts once and for ten minutes, so that nobody is connected who
 * did not set out from here. The ledger keeps them (as hashes), so that a command may send an
 * athlete out and the service receive them.
 */
public final class OAuthStates {

  private static final String TAKE = SqlText.named("take-oauth-state");
  private static final Duration VALID = Duration.ofMinutes(10);

  /** How long an end is kept for those who wait for it. */
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * More open ones than this are nobody's honest doing. The operator's own commands may have more,
   * so that strangers do not keep them out.
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
   * How an invitation ended.
   *
   * @param athleteId who is connected now; empty after a refusal
   * @param refusal why nobody is; empty after a success
   */
  public record End(Optional<String> athleteId, Optional<String> refusal) {}

  /**
   * Makes one for whoever asks.
   *
   * @return its state
   * @throws ConnectRefused while too many are open
   */
  public String make() {
    return make(MOST_OPEN);
  }

  /** Makes one for a command of the operator's; otherwise as {@link #make}. */
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

  /** Uses one up; whether it was there to be used. */
  boolean take(String state) {
    long now = clock.millis();
    return ledger.write(
            jdbc -> jdbc.sql(TAKE).param("hash", Sha256.of(state)).param("now", now).update())
        == 1;
  }

  /** Notes that an athlete was connected. */
  void connected(String state, String athleteId) {
    end(state, "athlete_id", athleteId);
  }

  /** Notes why nobody was. */
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

  /** How an invitation ended; empty while it has not. */
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
