package io.fitroute.runtime;

/** Webhook bodies as posted by Strava. */
public final class WebhookBodies {

  /** The subscription of these events. */
  static final long SUBSCRIPTION = 274001;

  private WebhookBodies() {}

  /** An activity was created. */
  public static String created(long activityId) {
    return created(activityId, SUBSCRIPTION);
  }

  public static String created(long activityId, long subscriptionId) {
    return created(activityId, subscriptionId, "");
  }

  /**
   * An activity was created.
   *
   * @param more further fields, each with a leading comma
   */
  public static String created(long activityId, long subscriptionId, String more) {
    return ("{\"aspect_type\":\"create\",\"event_time\":1795154400,\"object_id\":%d,"
            + "\"object_type\":\"activity\",\"owner_id\":%d,\"subscription_id\":%d%s}")
        .formatted(activityId, TestBed.ATHLETE, subscriptionId, more);
  }
}
