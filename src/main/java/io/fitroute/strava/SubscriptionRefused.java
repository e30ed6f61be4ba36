package io.fitroute.strava;

/** Strava's webhook subscription is not as wanted. The message says why, and what to do. */
public final class SubscriptionRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SubscriptionRefused(String message) {
    super(message);
  }
}
