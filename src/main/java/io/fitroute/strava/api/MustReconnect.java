package io.fitroute.strava.api;

/** An athlete's tokens are of no use any more: only the athlete can give new ones. */
public final class MustReconnect extends RuntimeException {

  public MustReconnect(String athleteId, String why) {
    super("athlete " + athleteId + " must reconnect: " + why);
  }
}
