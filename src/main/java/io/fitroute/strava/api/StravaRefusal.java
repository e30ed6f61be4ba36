package io.fitroute.strava.api;

/** Strava answered with an error that has no better name here. */
public final class StravaRefusal extends RuntimeException {

  public StravaRefusal(String message) {
    super(message);
  }

  /** Strava answered, but what it said lacks something that cannot be done without. */
  public static StravaRefusal without(String what) {
    return new StravaRefusal("Strava's response has no usable " + what);
  }
}
