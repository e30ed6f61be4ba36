package io.fitroute.strava;

/** An event of a subscription that is not this application's. */
public final class ForeignSubscription extends RequestRefused {

  ForeignSubscription(long id) {
    super(403, "subscription_id " + id + " is not this application's subscription");
  }
}
