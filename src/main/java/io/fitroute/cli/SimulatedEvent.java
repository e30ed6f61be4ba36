package io.fitroute.cli;

import java.time.Instant;
import java.util.Map;

/**
 * An event as Strava posts it, see "Event data" of Strava's webhook documentation.
 *
 * @param aspectType {@code create}, {@code update} or {@code delete}
 * @param eventTime in seconds since 1970
 * @param objectId number of the activity or athlete
 * @param objectType {@code activity} or {@code athlete}
 * @param ownerId number of the athlete
 * @param subscriptionId number of the webhook subscription
 * @param updates what changed; Strava writes booleans as strings here
 */
record SimulatedEvent(
    String aspectType,
    long eventTime,
    long objectId,
    String objectType,
    long ownerId,
    long subscriptionId,
    Map<String, String> updates) {

  /** Something happened to an activity. */
  static SimulatedEvent activity(
      String aspect,
      long activity,
      long owner,
      long subscription,
      Instant time,
      Map<String, String> updates) {
    return new SimulatedEvent(
        aspect, time.getEpochSecond(), activity, "activity", owner, subscription, updates);
  }

  /** An athlete withdrew the permission: to Strava an update of the athlete. */
  static SimulatedEvent deauthorization(long athlete, long subscription, Instant time) {
    return new SimulatedEvent(
        "update",
        time.getEpochSecond(),
        athlete,
        "athlete",
        athlete,
        subscription,
        Map.of("authorized", "false"));
  }
}
