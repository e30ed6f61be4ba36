package io.fitroute.strava;

/** Strava answered, but what it said lacks something that cannot be done without. */
public final class IncompleteAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IncompleteAnswer(String what) {
    super("Strava's answer has no usable " + what);
  }
}
