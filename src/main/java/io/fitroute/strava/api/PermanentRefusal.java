package io.fitroute.strava.api;

/** Strava refuses, and would refuse again. */
public final class PermanentRefusal extends RuntimeException {

  PermanentRefusal(String message) {
    super(message);
  }
}
