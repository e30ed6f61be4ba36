package io.fitroute.hevy;

/** A service failed; it may succeed next time. */
public final class ServiceTrouble extends RuntimeException {

  ServiceTrouble(String message) {
    super(message);
  }
}
