package io.fitroute.strava.oauth;

/** Another process is refreshing the athlete's tokens and should finish soon. */
public final class TokenRefreshInProgress extends RuntimeException {

  TokenRefreshInProgress(String athleteId) {
    super("the tokens of athlete " + athleteId + " are being refreshed");
  }
}
