package io.fitroute.simulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The athletes' grants: authorization codes, access and refresh tokens. Thread-safe. */
final class Grants {

  /** While more than this remains, a refresh returns the current access token. */
  private static final Duration STILL_GOOD = Duration.ofHours(1);

  private final Clock clock;
  private final Duration lifetime;
  private final boolean rotating;
  private final SecureRandom random = new SecureRandom();

  private final Map<String, Code> codes = new HashMap<>();
  private final Map<Long, AthleteTokens> current = new HashMap<>();
  private final Map<String, Access> accessTokens = new HashMap<>();
  private final Map<String, Long> refreshTokens = new HashMap<>();

  Grants(Clock clock, Duration lifetime, boolean rotating) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.rotating = rotating;
  }

  /**
   * The permission of a bearer token.
   *
   * @param athleteId the athlete whose data it allows
   * @param scope the granted scope
   */
  record Access(long athleteId, Set<String> scope, Instant expiresAt) {}

  /**
   * An authorization code.
   *
   * @param athleteId the athlete
   * @param scope the granted scope
   */
  record Code(long athleteId, Set<String> scope) {}

  /** Issues an authorization code. */
  synchronized String issueCode(long athleteId, Set<String> scope) {
    String code = randomHex();
    codes.put(code, new Code(athleteId, Set.copyOf(scope)));
    return code;
  }

  /** Uses up a code; empty if it is not valid. */
  synchronized Optional<Code> takeCode(String code) {
    return Optional.ofNullable(codes.remove(code));
  }

  /** The number of connected athletes. */
  synchronized int connected() {
    return current.size();
  }

  /** Whether this athlete is connected. */
  synchronized boolean isConnected(long athleteId) {
    return current.containsKey(athleteId);
  }

  /** Issues tokens and revokes earlier ones. */
  synchronized AthleteTokens grant(long athleteId, Set<String> scope) {
    revoke(athleteId);
    return issue(athleteId, randomHex(), scope);
  }

  /** The current tokens of an athlete; empty if not connected. */
  synchronized Optional<AthleteTokens> tokens(long athleteId) {
    return Optional.ofNullable(current.get(athleteId));
  }

  /**
   * Refreshes tokens. While more than an hour remains, the same access token is returned. Otherwise
   * a new one is issued, the older one stays valid until it expires, and with rotation the refresh
   * token is replaced and immediately invalid.
   *
   * @return empty if the refresh token is not valid
   */
  synchronized Optional<AthleteTokens> refresh(String refreshToken) {
    Long athleteId = refreshTokens.get(refreshToken);
    if (athleteId == null) {
      return Optional.empty();
    }
    AthleteTokens tokens = current.get(athleteId);
    if (tokens.expiresAt().isAfter(clock.instant().plus(STILL_GOOD))) {
      return Optional.of(tokens);
    }
    if (rotating) {
      refreshTokens.remove(refreshToken);
    }
    String next = rotating ? randomHex() : refreshToken;
    return Optional.of(issue(athleteId, next, tokens.scope()));
  }

  /** The permission of a bearer token; empty if it is unknown, revoked or expired. */
  synchronized Optional<Access> access(String accessToken) {
    return Optional.ofNullable(accessTokens.get(accessToken))
        .filter(access -> access.expiresAt().isAfter(clock.instant()));
  }

  /** The athlete of an access or refresh token, expired or not. */
  synchronized Optional<Long> athleteOf(String token) {
    return Optional.ofNullable(refreshTokens.get(token))
        .or(() -> Optional.ofNullable(accessTokens.get(token)).map(Access::athleteId));
  }

  /** Expires all access tokens of an athlete now; the refresh token stays valid. */
  synchronized void expire(long athleteId) {
    Instant now = clock.instant();
    accessTokens.replaceAll(
        (token, access) ->
            access.athleteId() == athleteId ? new Access(athleteId, access.scope(), now) : access);
    current.computeIfPresent(
        athleteId,
        (id, tokens) ->
            new AthleteTokens(tokens.accessToken(), tokens.refreshToken(), now, tokens.scope()));
  }

  /** Revokes everything an athlete granted; returns whether there was anything. */
  synchronized boolean revoke(long athleteId) {
    refreshTokens.values().removeIf(owner -> owner == athleteId);
    accessTokens.values().removeIf(access -> access.athleteId() == athleteId);
    return current.remove(athleteId) != null;
  }

  private AthleteTokens issue(long athleteId, String refreshToken, Set<String> scope) {
    Instant now = clock.instant();
    accessTokens.values().removeIf(access -> !access.expiresAt().isAfter(now));
    AthleteTokens tokens = new AthleteTokens(randomHex(), refreshToken, now.plus(lifetime), scope);
    refreshTokens.put(refreshToken, athleteId);
    accessTokens.put(
        tokens.accessToken(), new Access(athleteId, tokens.scope(), tokens.expiresAt()));
    current.put(athleteId, tokens);
    return tokens;
  }

  private String randomHex() {
    byte[] value = new byte[20];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
