package io.fitroute.strava.webhook;

/** An event of a subscription that, as far as known, is not this application's. */
public final class ForeignSubscription extends RequestRefused {

  private ForeignSubscription(int status, String message) {
    super(status, message);
  }

  public static ForeignSubscription of(long id) {
    return new ForeignSubscription(
        403, "subscription_id " + id + " is not this application's subscription");
  }

  /**
   * Asks for the event to be sent again, because Strava must be asked about the subscription first.
   */
  public static ForeignSubscription perhaps(long id) {
    return new ForeignSubscription(
        503, "subscription_id " + id + " is unknown; Strava is being asked about it");
  }
}
