package io.fitroute.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.simulator.WebhookDelivery;
import io.fitroute.simulator.WebhookEvent;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events that were answered with 200, each once, however often it was told. */
final class Acknowledged {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<Identity> events;

  private Acknowledged(Set<Identity> events) {
    this.events = events;
  }

  /** What makes an event the same event, told here or held there. */
  record Identity(
      String objectType,
      String objectId,
      String aspect,
      Instant eventTime,
      Map<String, String> updates) {

    static Identity of(WebhookEvent event) {
      return new Identity(
          event.objectType(),
          Long.toString(event.objectId()),
          event.aspectType(),
          Instant.ofEpochSecond(event.time().getEpochSecond()),
          new TreeMap<>(event.updates()));
    }

    static Identity of(LedgerView.EventRow row) {
      return new Identity(
          row.objectType(),
          row.objectId(),
          row.aspect(),
          row.eventTime(),
          changes(tree(row.updates())));
    }

    static Identity of(String body) {
      JsonNode event = tree(body);
      return new Identity(
          event.path("object_type").asText(),
          event.path("object_id").asText(),
          event.path("aspect_type").asText(),
          Instant.ofEpochSecond(event.path("event_time").asLong()),
          changes(event.path("updates")));
    }
  }

  static Acknowledged in(List<WebhookDelivery> deliveries) {
    return new Acknowledged(
        deliveries.stream()
            .filter(WebhookDelivery::accepted)
            .map(WebhookDelivery::body)
            .distinct()
            .map(Identity::of)
            .collect(Collectors.toSet()));
  }

  Set<Identity> events() {
    return events;
  }

  boolean holds(WebhookEvent event) {
    return events.contains(Identity.of(event));
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> changes(JsonNode updates) {
    Map<String, String> read = new TreeMap<>();
    updates.properties().forEach(update -> read.put(update.getKey(), update.getValue().asText()));
    return read;
  }
}
