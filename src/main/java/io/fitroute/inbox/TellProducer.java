package io.fitroute.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;

/** Adds a step to the story of the event in hand. */
final class TellProducer extends DefaultProducer {

  private final Story story;
  private final Expression step;

  TellProducer(InboxEndpoint endpoint, Story story, Expression step) {
    super(endpoint);
    this.story = story;
    this.step = step;
  }

  @Override
  public void process(Exchange exchange) {
    Event event = exchange.getVariable("event", Event.class);
    if (event != null) {
      story.tell(event, step.evaluate(exchange, String.class));
    }
  }
}
