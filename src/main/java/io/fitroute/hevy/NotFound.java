package io.fitroute.hevy;

/** A service does not have the requested resource. */
public final class NotFound extends RuntimeException {

  NotFound(String service) {
    super(service + " does not have it");
  }
}
