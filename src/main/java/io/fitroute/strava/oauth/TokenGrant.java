package io.fitroute.strava.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.strava.api.Scope;
import io.fitroute.strava.api.StravaRefusal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The tokens returned by the token endpoint.
 *
 * @param accessToken valid until {@code expiresAt}
 * @param refreshToken obtains the next pair; the previous refresh token may no longer be valid
 * @param expiresAt when the access token expires
 * @param scope the granted scope, if reported (since April 2026, separated by spaces)
 */
public record TokenGrant(
    String accessToken, String refreshToken, Instant expiresAt, Optional<String> scope) {

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  public TokenGrant {
    Objects.requireNonNull(accessToken);
    Objects.requireNonNull(refreshToken);
    Objects.requireNonNull(expiresAt);
  }

  /**
   * Reads a response.
   *
   * @throws StravaRefusal if a part is missing
   */
  public static TokenGrant of(JsonNode answer) {
    String accessToken = answer.path("access_token").asText();
    String refreshToken = answer.path("refresh_token").asText();
    long expiresAt = answer.path("expires_at").asLong();
    if (accessToken.isEmpty() || refreshToken.isEmpty() || expiresAt <= 0) {
      throw StravaRefusal.without("tokens");
    }
    return new TokenGrant(
        accessToken,
        refreshToken,
        instant(expiresAt),
        Optional.of(answer.path("scope").asText()).filter(scope -> !scope.isEmpty()));
  }

  /** Limits a time in seconds to what a ledger and a calendar can hold. */
  private static Instant instant(long seconds) {
    return Instant.ofEpochSecond(Math.min(seconds, LATEST.getEpochSecond()));
  }

  /** The same tokens with a known scope. */
  TokenGrant withScope(Scope granted) {
    return new TokenGrant(accessToken, refreshToken, expiresAt, Optional.of(granted.toString()));
  }

  /** Does not show the tokens. */
  @Override
  public String toString() {
    return "TokenGrant[expiresAt=" + expiresAt + "]";
  }
}
