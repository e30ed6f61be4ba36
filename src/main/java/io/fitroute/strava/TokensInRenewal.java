package io.fitroute.strava;

/** Another process has been renewing an athlete's tokens for some time; soon it will have done. */
public final class TokensInRenewal extends RuntimeException {

  TokensInRenewal(String athleteId) {
    super("the tokens of athlete " + athleteId + " are being renewed");
  }
}
