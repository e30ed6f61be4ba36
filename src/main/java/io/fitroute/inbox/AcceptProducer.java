package io.fitroute.inbox;

import io.fitroute.ledger.LedgerUnavailable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Takes the body, a {@link NewEvent}, into the inbox, and waits until it is on disk.
 *
 * <p>The caller's thread waits rather than going on from the ledger's one writer, so that whatever
 * comes next in the route does not hold up the next commit.
 */
final class AcceptProducer extends DefaultProducer {

  /** Strava gives up on an answer after two seconds. */
  private static final long LONGEST_WAIT_MILLIS = 1500;

  private final Inbox inbox;

  AcceptProducer(InboxEndpoint endpoint, Inbox inbox) {
    super(endpoint);
    this.inbox = inbox;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    NewEvent event = exchange.getMessage().getBody(NewEvent.class);
    refuseIfWaitingIsOfNoUse();
    try {
      inbox.accept(event).get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LedgerUnavailable unavailable
          ? unavailable
          : new LedgerUnavailable(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new LedgerUnavailable(
          "the ledger did not write within " + LONGEST_WAIT_MILLIS + " ms", e);
    }
  }

  /** Those who wait keep those behind them waiting too, whose two seconds are running as well. */
  private void refuseIfWaitingIsOfNoUse() {
    long millis = inbox.writingFor().toMillis();
    if (millis >= LONGEST_WAIT_MILLIS) {
      throw new LedgerUnavailable("the ledger has been writing for " + millis + " ms");
    }
  }
}
