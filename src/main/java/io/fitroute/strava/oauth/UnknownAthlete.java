package io.fitroute.strava.oauth;

/** This athlete is not connected. */
public final class UnknownAthlete extends RuntimeException {

  UnknownAthlete(String athleteId) {
    super("athlete " + athleteId + " is not connected");
  }
}
