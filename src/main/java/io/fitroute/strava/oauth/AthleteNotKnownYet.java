package io.fitroute.strava.oauth;

/** Tokens are configured, but Strava has not yet reported whose they are. */
public final class AthleteNotKnownYet extends RuntimeException {

  AthleteNotKnownYet(String athleteId) {
    super(
        "athlete "
            + athleteId
            + " is not connected, and the owner of the configured tokens is not known yet");
  }
}
