package io.fitroute.inbox;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to an object, before the inbox has accepted it. Two equal ones are the
 * same event reported twice.
 *
 * @param origin where it came from, such as {@code strava} or {@code download}
 * @param priority how urgent it is
 * @param subscriptionId the webhook subscription it came through; 0 for none
 * @param objectType {@code activity}, {@code athlete}, {@code workout}
 * @param objectId the object's id at its origin
 * @param aspect {@code create}, {@code update}, {@code delete}
 * @param ownerId the athlete the object belongs to
 * @param eventTime when it happened, in whole seconds
 * @param updates what an update changed, field to new value; never null
 */
public record NewEvent(
    String origin,
    Priority priority,
    long subscriptionId,
    String objectType,
    String objectId,
    String aspect,
    String ownerId,
    Instant eventTime,
    SortedMap<String, String> updates) {

  public NewEvent {
    Objects.requireNonNull(origin);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(objectType);
    Objects.requireNonNull(objectId);
    Objects.requireNonNull(aspect);
    Objects.requireNonNull(ownerId);
    Objects.requireNonNull(eventTime);
    updates = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(updates));
  }

  /** An event that starts requested work, as opposed to one reported by a webhook. */
  public static NewEvent request(
      String origin,
      Priority priority,
      String objectType,
      String objectId,
      String ownerId,
      Instant now) {
    return new NewEvent(
        origin, priority, 0, objectType, objectId, "create", ownerId, now, new TreeMap<>(Map.of()));
  }
}
