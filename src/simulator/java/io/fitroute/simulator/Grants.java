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

/**
 * What athletes granted to the application: authorization codes, access and refresh tokens. Safe
 * for several threads.
 */
final class Grants {

  /** While more than this remains, a refresh gives back the access token that still counts. */
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
   * What a bearer token allows.
   *
   * @param athleteId whose data
   * @param scope how much of it
   */
  record Access(long athleteId, Set<String> scope, Instant expiresAt) {}

  /**
   * An authorization code on its way through the browser.
   *
   * @param athleteId who consented
   * @param scope to what
   */
  record Code(long athleteId, Set<String> scope) {}

  /** The athlete consents; the code to exchange. */
  synchronized String issueCode(long athleteId, Set<String> scope) {
    String code = randomHex();
    codes.put(code, new Code(athleteId, Set.copyOf(scope)));
    return code;
  }

  /** Takes a code; it counts once. */
  synchronized Optional<Code> takeCode(String code) {
    return Optional.ofNullable(codes.remove(code));
  }

  /** How many athletes are connected. */
  synchronized int connected() {
    return current.size();
  }

  /** Whether this athlete is connected. */
  synchronized boolean isConnected(long athleteId) {
    return current.containsKey(athleteId);
  }

  /** New tokens of an athlete; those from before end. */
  synchronized AthleteTokens grant(long athleteId, Set<String> scope) {
    revoke(athleteId);
    return issue(athleteId, randomHex(), scope);
  }

  /** The tokens that the application should hold for this athlete. */
  synchronized Optional<AthleteTokens> tokens(long athleteId) {
    return Optional.ofNullable(current.get(athleteId));
  }

  /**
   * Refreshes: while more than an hour remains the same access token comes back; otherwise a new
   * one, the older counts until its own end, and with rotation the refresh token is replaced and
   * the old one dead at once.
   *
   * @return empty when the refresh token does not count
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

  /** What this bearer token allows now; empty when it is unknown, revoked or expired. */
  synchronized Optional<Access> access(String accessToken) {
    return Optional.ofNullable(accessTokens.get(accessToken))
        .filter(access -> access.expiresAt().isAfter(clock.instant()));
  }

  /** The athlete of an access or refresh token, expired or not. */
  synchronized Optional<Long> athleteOf(String token) {
    return Optional.ofNullable(refreshTokens.get(token))
        .or(() -> Optional.ofNullable(accessTokens.get(token)).map(Access::athleteId));
  }

  /** Ends all access tokens of an athlete now; the refresh token still counts. */
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

  /** Ends everything that an athlete granted; whether there was anything. */
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
