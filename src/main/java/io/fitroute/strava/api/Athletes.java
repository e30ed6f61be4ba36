package io.fitroute.strava.api;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.oauth.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Variable;

/**
 * The connected athletes, as recorded in the ledger. Their tokens are in the {@link TokenStore}.
 */
public final class Athletes {

  private static final String PAUSE = SqlText.named("pause-athlete");
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
   * @param mustReconnect why the tokens are no longer valid; empty while they are
   * @param paused whether fetching is paused for the athlete
   * @param generation the number of times the tokens have changed
   */
  public record Athlete(
      String id,
      String name,
      Instant expiresAt,
      String scope,
      Optional<String> mustReconnect,
      boolean paused,
      long generation) {

    /** Does not show the name. */
    @Override
    public String toString() {
      return "athlete " + id;
    }
  }

  /** A connected athlete; empty if not connected. */
  public Optional<Athlete> find(String id) {
    return ledger
        .read()
        .sql("select * from athlete where id = ?")
        .param(id)
        .query(Athletes::athlete)
        .optional();
  }

  /** All connected athletes. */
  public List<Athlete> all() {
    return ledger.read().sql("select * from athlete order by id").query(Athletes::athlete).list();
  }

  /** Whether an athlete is connected and paused. */
  public boolean isPaused(@Variable("athlete") String id) {
    return Rows.any(ledger.read(), "select count(*) from athlete where id = ? and paused = 1", id);
  }

  /**
   * Pauses or resumes work for an athlete; resuming makes waiting events due.
   *
   * @return how many events were waiting
   */
  public int pause(String id, boolean paused) {
    long now = clock.millis();
    int resumed =
        ledger.write(
            jdbc -> {
              jdbc.sql(PAUSE)
                  .param("paused", paused ? 1 : 0)
                  .param("now", now)
                  .param("id", id)
                  .update();
              return paused ? 0 : jdbc.sql(RESUME).param("id", id).param("now", now).update();
            });
    ledger.announce();
    return resumed;
  }

  /** Why Strava refused the last configured tokens, if it did so before naming their owner. */
  public Optional<String> refusalOfGivenTokens() {
    return ledger
        .read()
        .sql("select refusal from configured_token order by updated_at desc limit 1")
        .query((row, number) -> Optional.ofNullable(row.getString("refusal")))
        .optional()
        .flatMap(Function.identity());
  }

  private static Athlete athlete(ResultSet row, int number) throws SQLException {
    return new Athlete(
        row.getString("id"),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("scope"),
        row.getString("state").equals("connected")
            ? Optional.empty()
            : Optional.of(String.valueOf(row.getString("reason"))),
        row.getInt("paused") == 1,
        row.getLong("generation"));
  }

  /** Records that only the athlete can help, unless the tokens have changed meanwhile. */
  public void markMustReconnect(Athlete athlete, String reason) {
    markMustReconnect(athlete.id(), athlete.generation(), reason);
  }

  /** As {@link #markMustReconnect(Athlete, String)}, for one generation of tokens. */
  public void markMustReconnect(String id, long generation, String reason) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "update athlete set state = 'must-reconnect', reason = ?, updated_at = ?"
                        + " where id = ? and generation = ?")
                .params(reason, clock.millis(), id, generation)
                .update());
  }
}
