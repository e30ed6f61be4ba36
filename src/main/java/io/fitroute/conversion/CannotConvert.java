package io.fitroute.conversion;

/** A document of which no FIT file can be made. The message says why. */
public final class CannotConvert extends Exception {

  CannotConvert(String reason) {
    super(reason);
  }
}
