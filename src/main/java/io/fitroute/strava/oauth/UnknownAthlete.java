package io.fitroute.strava.oauth;

/** Nobody has connected this athlete. */
public final class UnknownAthlete extends RuntimeException {

  UnknownAthlete(String athleteId) {
    super("athlete " + athleteId + " is not connected");
  }
}
