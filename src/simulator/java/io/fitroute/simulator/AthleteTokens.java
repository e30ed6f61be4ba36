package io.fitroute.simulator;

import java.time.Instant;
import java.util.Set;

/**
 * The tokens of an athlete.
 *
 * @param accessToken the bearer token
 * @param refreshToken the token for the next refresh
 * @param expiresAt when the access token expires
 * @param scope the granted scope
 */
public record AthleteTokens(
    String accessToken, String refreshToken, Instant expiresAt, Set<String> scope) {

  public AthleteTokens {
    scope = Set.copyOf(scope);
  }

  /** Does not show the tokens. */
  @Override
  public String toString() {
    return "AthleteTokens[expiresAt=" + expiresAt + ", scope=" + scope + "]";
  }
}
