package io.fitroute.conversion;

/** A document cannot be converted to FIT. The message gives the reason. */
public final class CannotConvert extends Exception {

  CannotConvert(String reason) {
    super(reason);
  }
}
