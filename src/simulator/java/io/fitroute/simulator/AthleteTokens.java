package io.fitroute.simulator;

import java.time.Instant;
import java.util.Set;

/**
 * What an application holds for one athlete.
 *
 * @param accessToken the bearer token
 * @param refreshToken the token for the next refresh
 * @param expiresAt when the access token ends
 * @param scope what the athlete granted
 */
public record AthleteTokens(
    String accessToken, String refreshToken, Instant expiresAt, Set<String> scope) {

  public AthleteTokens {
    scope = Set.copyOf(scope);
  }

  /** Without the tokens themselves, so that a log stays free of secrets. */
  @Override
  public String toString() {
    return "AthleteTokens[expiresAt=" + expiresAt + ", scope=" + scope + "]";
  }
}
