package io.fitroute.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fitroute.hevy.LedgerWorkouts;
import io.fitroute.hevy.NotFound;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Calls Hevy and Intervals.icu for a command, through the routes of the service. Failures are the
 * exceptions of {@code io.fitroute.hevy}.
 */
public final class HevyClient {

  private static final String SUBSCRIPTION = "webhook-subscription";

  private final Service service;
  private final LedgerWorkouts synced;

  HevyClient(Service service) {
    this.service = service;
    synced = new LedgerWorkouts(service.ledger(), true, service.services().clock());
  }

  /** The workouts written to Intervals.icu. */
  public LedgerWorkouts synced() {
    return synced;
  }

  /** The number of workouts at Hevy. */
  public int count() {
    return ask("workouts/count").path("workout_count").asInt();
  }

  /** A page of workouts, newest first. */
  public JsonNode page(int number, int size) {
    return ask("workouts?page=" + number + "&pageSize=" + size);
  }

  private JsonNode ask(String resource) {
    return service.ask("direct:ask-hevy", null, Map.of("resource", resource), JsonNode.class);
  }

  /** Writes workouts, a JSON array, to Intervals.icu. */
  public void upsert(JsonNode workouts) {
    service.ask("direct:upsert-workouts", workouts, Map.of(), Object.class);
  }

  /** Requests today's activities from Intervals.icu to check that it responds. */
  public void probeIntervals() {
    String resource =
        "athlete/%s/activities?oldest=%s&fields=id"
            .formatted(
                service.context().resolvePropertyPlaceholders("{{intervals.athlete}}"),
                LocalDate.ofInstant(service.services().clock().instant(), ZoneId.systemDefault()));
    service.ask("direct:read-from-intervals", null, Map.of("resource", resource), JsonNode.class);
  }

  /** Where Hevy's webhook points; empty if there is none or the API no longer shows it. */
  public Optional<String> subscription() {
    try {
      return Optional.of(ask(SUBSCRIPTION).path("url").asText()).filter(url -> !url.isEmpty());
    } catch (NotFound none) {
      return Optional.empty();
    }
  }

  /**
   * Sets the address of the webhook.
   *
   * @param token what the webhook sends for authorization
   */
  public void subscribe(String url, String token) {
    JsonNode wanted = JsonNodeFactory.instance.objectNode().put("url", url).put("authToken", token);
    change("POST", wanted.toString());
  }

  /** Deletes the webhook. */
  public void unsubscribe() {
    change("DELETE", null);
  }

  private void change(String method, String body) {
    Service.answer(
        service.send(
            "direct:send-to-hevy",
            body,
            Map.of("resource", SUBSCRIPTION),
            Map.of("CamelHttpMethod", method)),
        Object.class);
  }
}
