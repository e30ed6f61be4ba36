package io.fitroute.strava;

/** Strava answered with an error that has no better name here. */
public final class StravaRefusal extends RuntimeException {

  StravaRefusal(String message) {
    super(message);
  }
}
