package io.fitroute.strava.oauth;

/** Strava's token endpoint. */
@FunctionalInterface
public interface TokenEndpoint {

  /**
   * Gets a new pair of tokens.
   *
   * @throws RefreshRefused if the refresh token is dead
   * @throws RuntimeException if Strava cannot be asked or answers otherwise
   */
  TokenGrant refresh(String refreshToken);
}
