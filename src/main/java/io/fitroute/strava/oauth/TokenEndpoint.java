package io.fitroute.strava.oauth;

@FunctionalInterface
public interface TokenEndpoint {

  /**
   * Obtains a new pair of tokens.
   *
   * @throws RefreshRefused if the refresh token is no longer valid
   * @throws RuntimeException if Strava is not available or responds otherwise
   */
  TokenGrant refresh(String refreshToken);
}
