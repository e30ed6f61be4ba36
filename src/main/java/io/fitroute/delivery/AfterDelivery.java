package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.StopDefinition;

/**
 * Starts the route {@code after-delivery} once an activity has reached all its sinks. The route
 * handles an event of its own, so that it is retried on its own and a mistake in it repeats no
 * delivery.
 */
public final class AfterDelivery {

  private static final String ORIGIN = "fitroute";
  private static final String OBJECT_TYPE = "delivered";
  private static final String CAUSE = "cause";

  private final Deliveries deliveries;

  public AfterDelivery(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Whether the route contains any step other than {@code stop}. */
  public boolean isWanted(Exchange exchange) {
    return ((ModelCamelContext) exchange.getContext())
        .getRouteDefinition("after-delivery").getOutputs().stream()
            .anyMatch(step -> !(step instanceof StopDefinition));
  }

  /** The event for the route; equal if the same event delivers twice. */
  public NewEvent of(@Variable("event") Event event) {
    return new NewEvent(
        ORIGIN,
        Priority.LIVE,
        0,
        OBJECT_TYPE,
        event.objectId(),
        "create",
        event.ownerId(),
        event.event().eventTime(),
        new TreeMap<>(Map.of(CAUSE, Long.toString(event.id()))));
  }

  /** Sets the variables documented in docs/sinks.md. */
  public void describe(Exchange exchange, @Variable("event") Event event) {
    List<Delivery> found = deliveries.of(event.objectId());
    exchange.setVariable("activity_id", event.objectId());
    exchange.setVariable("athlete_id", event.ownerId());
    exchange.setVariable("deliveries", found);
    exchange.setVariable("sinks", joined(found.stream().map(Delivery::sink).toList()));
    exchange.setVariable("places", deliveries.places(event));
    exchange.setVariable(
        "provenance", joined(found.stream().map(Delivery::provenance).distinct().toList()));
    exchange.setVariable(
        "delivery_key", event.objectId() + "-" + event.updates().getOrDefault(CAUSE, ""));
  }

  private static String joined(List<String> words) {
    return words.stream().collect(Collectors.joining(","));
  }
}
