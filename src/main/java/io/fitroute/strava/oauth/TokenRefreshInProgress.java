package io.fitroute.strava.oauth;

/** Another process has been renewing an athlete's tokens for some time; soon it will have done. */
public final class TokenRefreshInProgress extends RuntimeException {

  TokenRefreshInProgress(String athleteId) {
    super("the tokens of athlete " + athleteId + " are being refreshed");
  }
}
