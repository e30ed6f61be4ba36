package io.fitroute.hevy;

/** A service does not accept the data and never will. */
public final class NotAccepted extends RuntimeException {

  NotAccepted(String message) {
    super(message);
  }
}
