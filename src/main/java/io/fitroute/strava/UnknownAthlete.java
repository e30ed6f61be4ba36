package io.fitroute.strava;

/** Nobody has connected this athlete. */
public final class UnknownAthlete extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownAthlete(String athleteId) {
    super("athlete " + athleteId + " is not connected");
  }
}
