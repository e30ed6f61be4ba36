package io.fitroute.strava.export.streams;

/** No FIT file can be made of these details and streams. The message says why. */
public final class CannotSynthesise extends Exception {

  CannotSynthesise(String reason) {
    super(reason);
  }
}
