package io.fitroute.strava.api;

/** A response of Strava that is an error without a type of its own here. */
public final class StravaRefusal extends RuntimeException {

  public StravaRefusal(String message) {
    super(message);
  }

  /** A response of Strava that lacks something indispensable. */
  public static StravaRefusal without(String what) {
    return new StravaRefusal("Strava's response has no usable " + what);
  }
}
