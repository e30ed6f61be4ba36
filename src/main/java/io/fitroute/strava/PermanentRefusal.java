package io.fitroute.strava;

/** Strava refuses, and would refuse again. */
public final class PermanentRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PermanentRefusal(String message) {
    super(message);
  }
}
