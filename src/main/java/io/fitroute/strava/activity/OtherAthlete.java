package io.fitroute.strava.activity;

/** The activity belongs to a different athlete than the event says. */
public final class OtherAthlete extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OtherAthlete(String said, String owner) {
    super("Strava says that it belongs to athlete " + owner + ", not to " + said);
  }
}
