package io.fitroute.strava.api;

/** Strava refuses the request and would do so again. */
public final class PermanentRefusal extends RuntimeException {

  PermanentRefusal(String message) {
    super(message);
  }
}
