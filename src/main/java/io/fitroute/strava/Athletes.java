package io.fitroute.strava;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is connected, and with which tokens: the ledger's word is the truth. */
public final class Athletes {

  private static final String CONNECT = SqlText.named("connect-athlete");
  private static final String RENEW = SqlText.named("renew-tokens");
  private static final String RESUME = SqlText.named("resume-athlete");

  private final Ledger ledger;
  private final Clock clock;

  public Athletes(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A connected athlete.
   *
   * @param mustReconnect why the tokens are of no use any more; empty while they are
   */
  public record Athlete(
      String id,
      String name,
      String accessToken,
      String refreshToken,
      Instant expiresAt,
      String scope,
      Optional<String> mustReconnect) {

    /** Shows nothing of the tokens. */
    @Override
    public String toString() {
      return "athlete " + id;
    }
  }

  /** The athlete of an id, if connected. */
  public Optional<Athlete> find(String id) {
    return ledger
        .read()
        .sql("select * from athlete where id = ?")
        .param(id)
        .query(Athletes::athlete)
        .optional();
  }

  /** All who are connected. */
  public List<Athlete> all() {
    return ledger.read().sql("select * from athlete order by id").query(Athletes::athlete).list();
  }

  /** Why Strava refuses the tokens given last, if it does so before saying whose they are. */
  public Optional<String> refusalOfGivenTokens() {
    return ledger
        .read()
        .sql("select refusal from token_seed order by updated_at desc limit 1")
        .query((row, number) -> Optional.ofNullable(row.getString("refusal")))
        .optional()
        .flatMap(Function.identity());
  }

  private static Athlete athlete(ResultSet row, int number) throws SQLException {
    return new Athlete(
        row.getString("id"),
        row.getString("name"),
        row.getString("access_token"),
        row.getString("refresh_token"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("scope"),
        row.getString("state").equals("connected")
            ? Optional.empty()
            : Optional.of(String.valueOf(row.getString("reason"))));
  }

  /** Connects an athlete, or gives new tokens to one; what waited for them is due at once. */
  public void connect(String id, String name, TokenGrant grant) {
    ledger.write(jdbc -> connect(jdbc, id, name, grant));
  }

  /** As {@link #connect(String, String, TokenGrant)}, as part of a transaction. */
  int connect(JdbcClient jdbc, String id, String name, TokenGrant grant) {
    long now = clock.millis();
    jdbc.sql(CONNECT)
        .param("id", id)
        .param("name", name)
        .param("accessToken", grant.accessToken())
        .param("refreshToken", grant.refreshToken())
        .param("expiresAt", grant.expiresAt().toEpochMilli())
        .param("scope", grant.scope().orElse(""))
        .param("now", now)
        .update();
    return jdbc.sql(RESUME).param("id", id).param("now", now).update();
  }

  /** Stores renewed tokens; they are on disk when this returns. */
  void renew(String id, TokenGrant grant) {
    ledger.write(
        jdbc ->
            jdbc.sql(RENEW)
                .param("id", id)
                .param("accessToken", grant.accessToken())
                .param("refreshToken", grant.refreshToken())
                .param("expiresAt", grant.expiresAt().toEpochMilli())
                .param("now", clock.millis())
                .update());
  }

  /**
   * Notes that only the athlete can help, unless the athlete has got other tokens in the meantime.
   */
  void markMustReconnect(Athlete athlete, String reason) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "update athlete set state = 'must-reconnect', reason = ?, updated_at = ?"
                        + " where id = ? and refresh_token = ?")
                .params(reason, clock.millis(), athlete.id(), athlete.refreshToken())
                .update());
  }
}
