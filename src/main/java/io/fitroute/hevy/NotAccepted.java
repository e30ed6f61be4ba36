package io.fitroute.hevy;

/** A service does not accept what it was sent, and never will. */
public final class NotAccepted extends RuntimeException {

  NotAccepted(String message) {
    super(message);
  }
}
