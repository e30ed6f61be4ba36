package io.fitroute.inbox.camel;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventLog;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;

/** Adds a step to the log of the current event. */
final class LogProducer extends DefaultProducer {

  private final EventLog eventLog;
  private final Expression step;

  LogProducer(InboxEndpoint endpoint, EventLog eventLog, Expression step) {
    super(endpoint);
    this.eventLog = eventLog;
    this.step = step;
  }

  @Override
  public void process(Exchange exchange) {
    Event event = exchange.getVariable("event", Event.class);
    if (event != null) {
      eventLog.log(event, step.evaluate(exchange, String.class));
    }
  }
}
