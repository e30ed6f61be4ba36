package io.fitroute.inbox;

import io.fitroute.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Takes the body, a {@link NewEvent}, into the inbox; the route goes on once it is on disk. No
 * thread is held until then, so that any number of requests can share a commit.
 */
final class AcceptProducer extends DefaultAsyncProducer {

  /** Strava gives up on an answer after two seconds. */
  static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

  private final Inbox inbox;
  private final Reception reception;

  AcceptProducer(InboxEndpoint endpoint, Inbox inbox, Reception reception) {
    super(endpoint);
    this.inbox = inbox;
    this.reception = reception;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Duration writing = inbox.writingFor();
    if (writing.compareTo(LONGEST_WAIT) >= 0) {
      // who waits keeps those behind waiting too, whose two seconds are running as well
      exchange.setException(
          new LedgerUnavailable("the ledger has been writing for " + writing.toMillis() + " ms"));
      callback.done(true);
      return true;
    }
    reception
        .take(exchange.getMessage().getBody(NewEvent.class))
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                exchange.setException(unavailable(failure));
              }
              callback.done(false);
            });
    return false;
  }

  private static LedgerUnavailable unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof LedgerUnavailable unavailable) {
      return unavailable;
    }
    return new LedgerUnavailable(
        cause instanceof TimeoutException
            ? "the ledger did not write within " + LONGEST_WAIT.toMillis() + " ms"
            : cause.getMessage(),
        cause);
  }
}
