package io.fitroute.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * An event as the inbox hands it to a worker.
 *
 * @param id its number in the inbox
 * @param event what happened
 * @param receivedAt when the inbox accepted it
 * @param failures the number of failed attempts
 * @param notReady the number of attempts that found the object not ready
 * @param hastened whether it was brought forward, so that the current attempt does not count
 * @param lease proves that the holder may record the outcome
 */
public record Event(
    long id,
    NewEvent event,
    Instant receivedAt,
    int failures,
    int notReady,
    boolean hastened,
    String lease) {

  public String origin() {
    return event.origin();
  }

  public Priority priority() {
    return event.priority();
  }

  public String objectType() {
    return event.objectType();
  }

  public String objectId() {
    return event.objectId();
  }

  public String aspect() {
    return event.aspect();
  }

  public String ownerId() {
    return event.ownerId();
  }

  public Map<String, String> updates() {
    return event.updates();
  }

  /**
   * The variables of a route that handles this event: {@code event}, and its parts one by one
   * because an expression reads a variable much faster than it calls a method.
   */
  public Map<String, Object> variables() {
    return Map.of(
        "event", this,
        "origin", origin(),
        "objectType", objectType(),
        "objectId", objectId(),
        "aspect", aspect(),
        "athlete", ownerId());
  }

  /** {@code create of activity 123}, for log lines. */
  @Override
  public String toString() {
    return aspect() + " of " + objectType() + " " + objectId();
  }
}
