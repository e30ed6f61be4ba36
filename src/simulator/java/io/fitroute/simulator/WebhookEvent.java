package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A webhook event.
 *
 * @param objectType {@code activity} or {@code athlete}
 * @param objectId the activity's or athlete's id
 * @param aspectType {@code create}, {@code update} or {@code delete}
 * @param updates the changes, as strings
 * @param ownerId the athlete's id
 * @param time when it happened, to the second
 */
public record WebhookEvent(
    String objectType,
    long objectId,
    String aspectType,
    Map<String, String> updates,
    long ownerId,
    Instant time) {

  public WebhookEvent {
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }

  /** An activity was created. */
  public static WebhookEvent created(long activityId, long athleteId, Instant time) {
    return new WebhookEvent("activity", activityId, "create", Map.of(), athleteId, time);
  }

  /** An activity's title, type or privacy changed. */
  public static WebhookEvent updated(
      long activityId, long athleteId, Map<String, String> updates, Instant time) {
    return new WebhookEvent("activity", activityId, "update", updates, athleteId, time);
  }

  /** An activity was deleted or hidden. */
  public static WebhookEvent deleted(long activityId, long athleteId, Instant time) {
    return new WebhookEvent("activity", activityId, "delete", Map.of(), athleteId, time);
  }

  /** An athlete disconnected the application. */
  public static WebhookEvent deauthorized(long athleteId, Instant time) {
    return new WebhookEvent(
        "athlete", athleteId, "update", Map.of("authorized", "false"), athleteId, time);
  }

  /** The body posted for a subscription. */
  public String body(long subscriptionId) {
    ObjectNode document =
        Json.object()
            .put("aspect_type", aspectType)
            .put("event_time", time.getEpochSecond())
            .put("object_id", objectId)
            .put("object_type", objectType)
            .put("owner_id", ownerId)
            .put("subscription_id", subscriptionId);
    ObjectNode changes = document.putObject("updates");
    updates.forEach(changes::put);
    return new String(Json.bytes(document), StandardCharsets.UTF_8);
  }
}
