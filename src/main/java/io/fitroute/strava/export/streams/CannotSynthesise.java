package io.fitroute.strava.export.streams;

/** Details and streams of which no FIT file can be made. The message says why. */
public final class CannotSynthesise extends Exception {

  CannotSynthesise(String reason) {
    super(reason);
  }
}
