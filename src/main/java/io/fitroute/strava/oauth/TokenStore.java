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

/** The tokens of those who are connected, encrypted in the ledger. */
public final class TokenStore {

  /** Where tokens lie. */
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
   * @param generation counts how often they have changed
   */
  public record StoredTokens(
      String accessToken, String refreshToken, Instant expiresAt, long generation) {

    /** Shows nothing of the tokens. */
    @Override
    public String toString() {
      return "StoredTokens[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * The tokens of an athlete, if connected.
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

  /** Connects an athlete, or gives new tokens to one; what waited for them is due at once. */
  public void connect(String id, String name, TokenGrant grant) {
    ledger.write(jdbc -> connect(jdbc, id, name, grant));
    ledger.announce();
  }

  /** As {@link #connect(String, String, TokenGrant)}, as part of a transaction. */
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

  /** Stores renewed tokens; they are on disk when this returns. */
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

  /** Strava's tokens live six hours; one that is said to live for long is renewed all the same. */
  private long expiry(TokenGrant grant) {
    long latest = clock.instant().plus(LONGEST_LIFE).toEpochMilli();
    return Math.min(grant.expiresAt().toEpochMilli(), latest);
  }

  /**
   * Forgets the tokens of everybody, who have to connect again.
   *
   * @param jdbc of a transaction that writes
   * @return how many athletes that concerns
   */
  public static int forgetAll(JdbcClient jdbc, String reason, Clock clock) {
    jdbc.sql("delete from configured_token").update();
    return jdbc.sql(FORGET_TOKENS).param("reason", reason).param("now", clock.millis()).update();
  }
}
