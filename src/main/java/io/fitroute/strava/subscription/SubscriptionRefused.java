package io.fitroute.strava.subscription;

/** The webhook subscription is not as required. The message says why and what to do. */
public final class SubscriptionRefused extends RuntimeException {

  SubscriptionRefused(String message) {
    super(message);
  }
}
