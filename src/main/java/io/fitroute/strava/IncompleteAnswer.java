package io.fitroute.strava;

/** Strava answered, but what it said lacks something that cannot be done without. */
public final class IncompleteAnswer extends RuntimeException {

  IncompleteAnswer(String what) {
    super("Strava's answer has no usable " + what);
  }
}
