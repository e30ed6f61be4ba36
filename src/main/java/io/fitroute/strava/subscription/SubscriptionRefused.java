package io.fitroute.strava.subscription;

/** Strava's webhook subscription is not as wanted. The message says why, and what to do. */
public final class SubscriptionRefused extends RuntimeException {

  SubscriptionRefused(String message) {
    super(message);
  }
}
