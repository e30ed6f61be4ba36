package io.fitroute.strava.webhook;

/** An event of a subscription that is not this application's, as far as that is known. */
public final class ForeignSubscription extends RequestRefused {

  private ForeignSubscription(int status, String message) {
    super(status, message);
  }

  public static ForeignSubscription of(long id) {
    return new ForeignSubscription(
        403, "subscription_id " + id + " is not this application's subscription");
  }

  /** Strava is to be asked first; until then the event is to be sent again. */
  public static ForeignSubscription perhaps(long id) {
    return new ForeignSubscription(
        503, "subscription_id " + id + " is unknown; Strava is being asked about it");
  }
}
