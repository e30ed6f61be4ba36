package io.fitroute.strava;

/** An event of a subscription that is not this application's. */
public final class ForeignSubscription extends RuntimeException {

  ForeignSubscription(long id) {
    super("subscription_id " + id + " is not this application's subscription");
  }
}
