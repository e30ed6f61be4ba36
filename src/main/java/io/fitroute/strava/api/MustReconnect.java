package io.fitroute.strava.api;

/** An athlete's tokens are no longer valid; only the athlete can provide new ones. */
public final class MustReconnect extends RuntimeException {

  public MustReconnect(String athleteId, String why) {
    super("athlete " + athleteId + " must reconnect: " + why);
  }
}
