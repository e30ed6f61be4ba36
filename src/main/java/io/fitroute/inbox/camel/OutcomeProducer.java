package io.fitroute.inbox.camel;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Outcome;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;

/** Sets the outcome of the attempt at the current event and stops the route. */
final class OutcomeProducer extends DefaultProducer {

  /** The exchange property that holds the {@link Outcome}. */
  static final String OUTCOME = "FitrouteOutcome";

  private final InboxAction operation;
  private final Expression reason;
  private final Expression until;
  private final Clock clock;

  OutcomeProducer(
      InboxEndpoint endpoint,
      InboxAction operation,
      Expression reason,
      Expression until,
      Clock clock) {
    super(endpoint);
    this.operation = operation;
    this.reason = reason;
    this.until = until;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(OUTCOME, outcome(exchange));
    exchange.setRouteStop(true);
  }

  private Outcome outcome(Exchange exchange) {
    String why = reason.evaluate(exchange, String.class);
    return switch (operation) {
      case DONE -> new Outcome.Settled(EventState.DONE, why);
      case SKIP -> new Outcome.Settled(EventState.SKIPPED, why);
      case DEAD -> new Outcome.Settled(EventState.DEAD, why);
      case RETRY -> new Outcome.Failed(why);
      case SINK_DOWN -> new Outcome.SinkDown(why);
      case NOT_READY -> new Outcome.NotReady(why);
      case DEFER -> new Outcome.Deferred(deferredUntil(exchange), why);
      case ACCEPT, WORK, LOG -> throw new IllegalStateException(operation.name());
    };
  }

  private Instant deferredUntil(Exchange exchange) {
    return until.evaluate(exchange, Object.class) instanceof Instant instant
        ? instant
        : clock.instant().plus(((InboxEndpoint) getEndpoint()).getDelay());
  }
}
