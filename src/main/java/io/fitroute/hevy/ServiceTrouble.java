package io.fitroute.hevy;

/** A service did not answer as it should; it may the next time. */
public final class ServiceTrouble extends RuntimeException {

  ServiceTrouble(String message) {
    super(message);
  }
}
