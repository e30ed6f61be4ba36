package io.fitroute.strava;

/** Strava answered with an error that has no better name here. */
public final class StravaRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StravaRefusal(String message) {
    super(message);
  }
}
