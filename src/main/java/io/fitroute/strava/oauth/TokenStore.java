package io.fitroute.strava.oauth;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.vault.SealedColumn;
import io.fitroute.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tokens of connected athletes, encrypted in the ledger. */
public final class TokenStore {

  /** The columns that hold tokens. */
  public static final List<SealedColumn> COLUMNS =
      List.of(
          new SealedColumn("athlete", "id", "access_token"),
          new SealedColumn("athlete", "id", "refresh_token"),
          ConfiguredTokens.ACCESS,
          ConfiguredTokens.REFRESH);

  private static final SealedColumn ACCESS = COLUMNS.get(0);
  private static final SealedColumn REFRESH = COLUMNS.get(1);
  private static final String CONNECT = SqlText.named("connect-athlete");
  private static final String RENEW = SqlText.named("renew-tokens");
  private static final String RESUME = SqlText.named("resume-athlete");
  private static final String FORGET_TOKENS = SqlText.named("forget-all-tokens");

  private static final Duration LONGEST_LIFE = Duration.ofDays(1);

  private final Ledger ledger;
  private final Vault vault;
  private final Clock clock;

  public TokenStore(Ledger ledger, Vault vault, Clock clock) {
    this.ledger = ledger;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * The tokens of an athlete.
   *
   * @param generation the number of times they have changed
   */
  public record StoredTokens(
      String accessToken, String refreshToken, Instant expiresAt, long generation) {

    /** Does not show the tokens. */
    @Override
    public String toString() {
      return "StoredTokens[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * The tokens of an athlete; empty if not connected.
   *
   * @throws io.fitroute.vault.UnreadableSecret if they cannot be decrypted
   */
  public Optional<StoredTokens> find(String id) {
    return ledger
        .read()
        .sql(
            "select id, access_token, refresh_token, expires_at, generation from athlete"
                + " where id = ?")
        .param(id)
        .query(this::tokens)
        .optional();
  }

  private StoredTokens tokens(ResultSet row, int number) throws SQLException {
    String id = row.getString("id");
    return new StoredTokens(
        vault.open(row.getString("access_token"), ACCESS.owner(id)),
        vault.open(row.getString("refresh_token"), REFRESH.owner(id)),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getLong("generation"));
  }

  /** Connects an athlete or replaces the tokens; events that waited for them become due. */
  public void connect(String id, String name, TokenGrant grant) {
    ledger.write(jdbc -> connect(jdbc, id, name, grant));
    ledger.announce();
  }

  /** As {@link #connect(String, String, TokenGrant)}, within a transaction. */
  int connect(JdbcClient jdbc, String id, String name, TokenGrant grant) {
    long now = clock.millis();
    Vault.Sealer sealer = vault.sealer(jdbc);
    jdbc.sql(CONNECT)
        .param("id", id)
        .param("name", name)
        .param("accessToken", sealer.seal(grant.accessToken(), ACCESS.owner(id)))
        .param("refreshToken", sealer.seal(grant.refreshToken(), REFRESH.owner(id)))
        .param("expiresAt", expiry(grant))
        .param("scope", grant.scope().orElse(""))
        .param("now", now)
        .update();
    return jdbc.sql(RESUME).param("id", id).param("now", now).update();
  }

  /** Stores refreshed tokens durably. */
  public void renew(String id, TokenGrant grant) {
    ledger.write(
        jdbc -> {
          Vault.Sealer sealer = vault.sealer(jdbc);
          return jdbc.sql(RENEW)
              .param("id", id)
              .param("accessToken", sealer.seal(grant.accessToken(), ACCESS.owner(id)))
              .param("refreshToken", sealer.seal(grant.refreshToken(), REFRESH.owner(id)))
              .param("expiresAt", expiry(grant))
              .param("now", clock.millis())
              .update();
        });
  }

  /** Strava's tokens are valid for six hours; one with a longer life is refreshed all the same. */
  private long expiry(TokenGrant grant) {
    long latest = clock.instant().plus(LONGEST_LIFE).toEpochMilli();
    return Math.min(grant.expiresAt().toEpochMilli(), latest);
  }

  /**
   * Deletes the tokens of all athletes, who then have to reconnect.
   *
   * @param jdbc a writing transaction
   * @return the number of athletes
   */
  public static int forgetAll(JdbcClient jdbc, String reason, Clock clock) {
    jdbc.sql("delete from configured_token").update();
    return jdbc.sql(FORGET_TOKENS).param("reason", reason).param("now", clock.millis()).update();
  }
}
