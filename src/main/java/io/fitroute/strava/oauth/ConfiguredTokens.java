package io.fitroute.strava.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.fit.Sha256;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.api.StravaRefusal;
import io.fitroute.vault.SealedColumn;
import io.fitroute.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tokens from the settings. They are taken over once: Strava is asked for their owner, and from
 * then on the ledger's tokens are used, because configured ones expire as tokens rotate.
 */
public final class ConfiguredTokens {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTokens.class);
  private static final String INSERT = SqlText.named("insert-configured-token");

  static final SealedColumn ACCESS =
      new SealedColumn("configured_token", "fingerprint", "access_token");
  static final SealedColumn REFRESH =
      new SealedColumn("configured_token", "fingerprint", "refresh_token");

  /** A configured access token of unknown expiry is used until Strava refuses it. */
  private static final Duration UNKNOWN_END = Duration.ofDays(3650);

  private final Ledger ledger;
  private final TokenStore store;
  private final Vault vault;
  private final TokenRefreshLocks tokenRefreshLocks;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private Optional<String> given = Optional.empty();

  public ConfiguredTokens(
      Ledger ledger,
      TokenStore store,
      Vault vault,
      TokenRefreshLocks tokenRefreshLocks,
      TokenEndpoint endpoint,
      Clock clock) {
    this.ledger = ledger;
    this.store = store;
    this.vault = vault;
    this.tokenRefreshLocks = tokenRefreshLocks;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * Stores the configured tokens; repeating this has no effect. Earlier ones that have not led to
   * an athlete no longer count.
   */
  public void store(Optional<String> accessToken, Optional<String> refreshToken) {
    if (accessToken.isEmpty() && refreshToken.isEmpty()) {
      return;
    }
    String fingerprint = Sha256.of(accessToken.orElse("") + "\n" + refreshToken.orElse(""));
    given = Optional.of(fingerprint);
    Instant end = clock.instant().plus(UNKNOWN_END);
    ledger.write(
        jdbc -> {
          Vault.Sealer sealer = vault.sealer(jdbc);
          return jdbc.sql(INSERT)
              .params(
                  fingerprint,
                  sealer.seal(accessToken.orElse(""), ACCESS.owner(fingerprint)),
                  sealer.seal(refreshToken.orElse(""), REFRESH.owner(fingerprint)),
                  accessToken.isEmpty() ? 0 : end.toEpochMilli(),
                  clock.millis())
              .update();
        });
  }

  /** The fingerprint of the configured tokens while their owner is still unknown; else empty. */
  public List<String> unknown() {
    return given.stream().filter(seed -> isOpen(ledger.read(), seed)).toList();
  }

  private static boolean isOpen(JdbcClient jdbc, String fingerprint) {
    return Rows.any(
        jdbc,
        "select count(*) from configured_token"
            + " where fingerprint = ? and athlete_id is null and refusal is null",
        fingerprint);
  }

  /** Why the configured tokens cannot be used, if Strava refused them before naming an athlete. */
  public Optional<String> refusal() {
    return given.flatMap(
        fingerprint ->
            ledger
                .read()
                .sql(
                    "select refusal from configured_token"
                        + " where fingerprint = ? and athlete_id is null and refusal is not null")
                .param(fingerprint)
                .query(String.class)
                .optional());
  }

  /**
   * The access token of configured tokens, obtained by a refresh if necessary.
   *
   * @throws RefreshRefused if the configured refresh token is no longer valid
   */
  public String accessToken(@Variable("seed") String fingerprint) {
    TokenGrant seed = read(fingerprint);
    return seed.expiresAt().isAfter(clock.instant())
        ? seed.accessToken()
        : refresh(fingerprint, seed);
  }

  /** As {@link #accessToken}, after Strava has refused that token. */
  public String renewedAccessToken(@Variable("seed") String fingerprint) {
    return refresh(fingerprint, read(fingerprint));
  }

  private String refresh(String fingerprint, TokenGrant seed) {
    if (seed.refreshToken().isEmpty()) {
      throw refused(
          fingerprint,
          "the configured access token has expired, and no refresh token is configured");
    }
    String subject = "seed " + fingerprint;
    if (!tokenRefreshLocks.begin(subject)) {
      throw new StravaRefusal("another process is looking up the owner of the configured tokens");
    }
    try {
      TokenGrant current = read(fingerprint);
      return current.equals(seed) ? renew(fingerprint, seed) : current.accessToken();
    } finally {
      tokenRefreshLocks.end(subject);
    }
  }

  private String renew(String fingerprint, TokenGrant seed) {
    TokenGrant grant;
    try {
      grant = endpoint.refresh(seed.refreshToken());
    } catch (RefreshRefused e) {
      throw refused(fingerprint, "the configured refresh token is no longer valid");
    }
    ledger.write(
        jdbc -> {
          Vault.Sealer sealer = vault.sealer(jdbc);
          return jdbc.sql(
                  "update configured_token set access_token = ?, refresh_token = ?, expires_at = ?,"
                      + " updated_at = ? where fingerprint = ?")
              .params(
                  sealer.seal(grant.accessToken(), ACCESS.owner(fingerprint)),
                  sealer.seal(grant.refreshToken(), REFRESH.owner(fingerprint)),
                  grant.expiresAt().toEpochMilli(),
                  clock.millis(),
                  fingerprint)
              .update();
        });
    return grant.accessToken();
  }

  /** Refused tokens are not tried again; only other ones help. */
  private RefreshRefused refused(String fingerprint, String why) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "update configured_token set refusal = ?, updated_at = ? where fingerprint = ?")
                .params(why, clock.millis(), fingerprint)
                .update());
    return new RefreshRefused(why);
  }

  private TokenGrant read(String fingerprint) {
    return read(ledger.read(), fingerprint);
  }

  private TokenGrant read(JdbcClient jdbc, String fingerprint) {
    return jdbc.sql(
            "select access_token, refresh_token, expires_at from configured_token where fingerprint = ?")
        .param(fingerprint)
        .query(
            (row, number) ->
                new TokenGrant(
                    vault.open(row.getString("access_token"), ACCESS.owner(fingerprint)),
                    vault.open(row.getString("refresh_token"), REFRESH.owner(fingerprint)),
                    Instant.ofEpochMilli(row.getLong("expires_at")),
                    Optional.empty()))
        .single();
  }

  /** Connects the owner of configured tokens, as reported by {@code GET /athlete}. */
  public void adopt(@Variable("seed") String fingerprint, @Body JsonNode athlete) {
    String id = athlete.path("id").asText();
    if (id.isEmpty() || id.equals("0")) {
      throw StravaRefusal.without("athlete id");
    }
    ledger.write(
        jdbc -> {
          // another process may have done this already, and then the tokens are gone from here
          if (isOpen(jdbc, fingerprint)) {
            TokenGrant grant = read(jdbc, fingerprint);
            store.connect(jdbc, id, athlete.path("firstname").asText(), grant);
          }
          return jdbc.sql(
                  "update configured_token set athlete_id = ?, access_token = '', refresh_token = '',"
                      + " updated_at = ? where fingerprint = ?")
              .params(id, clock.millis(), fingerprint)
              .update();
        });
    ledger.announce();
    LOG.info("The configured tokens belong to athlete {}, who is now connected", id);
  }
}
