package io.fitroute.inbox.camel;

import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the body, a {@link NewEvent}, into the inbox; the route continues once it is on disk. */
final class AcceptProducer extends DefaultProducer {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptProducer.class);

  /** Strava gives up on a response after two seconds. */
  static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

  private final Inbox inbox;

  AcceptProducer(InboxEndpoint endpoint, Inbox inbox) {
    super(endpoint);
    this.inbox = inbox;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    Duration writing = inbox.writingFor();
    if (writing.compareTo(LONGEST_WAIT) >= 0) {
      // a request that waits delays those behind it, which have two seconds as well
      throw new LedgerUnavailable("the ledger has been writing for " + writing.toMillis() + " ms");
    }
    try {
      NewEvent event = exchange.getMessage().getBody(NewEvent.class);
      inbox.services().await(inbox.accept(event), LONGEST_WAIT);
    } catch (TimeoutException e) {
      throw new LedgerUnavailable(
          "the ledger did not write within " + LONGEST_WAIT.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LedgerUnavailable unavailable) {
        throw unavailable;
      }
      LOG.error("An event could not be stored", e.getCause());
      throw new LedgerUnavailable("the event cannot be stored", e.getCause());
    }
  }
}
