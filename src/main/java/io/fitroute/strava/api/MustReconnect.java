package io.fitroute.strava.api;

/**
 * An athlete's tokens are no longer valid, or the granted scope is too narrow; only the athlete can
 * change that.
 */
public final class MustReconnect extends RuntimeException {

  public MustReconnect(String athleteId, String why) {
    super("athlete " + athleteId + " must reconnect: " + why);
  }
}
