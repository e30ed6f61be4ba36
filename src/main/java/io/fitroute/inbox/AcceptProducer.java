package io.fitroute.inbox;

import io.fitroute.ledger.LedgerUnavailable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Takes the body, a {@link NewEvent}, into the inbox; the route goes on once it is on disk.
 *
 * <p>It goes on with a thread of the producer's own rather than with the ledger's one writer, so
 * that whatever comes next does not hold up the next commit; and it holds no thread until then, so
 * that any number of requests can share a commit.
 */
final class AcceptProducer extends DefaultAsyncProducer {

  /** Strava gives up on an answer after two seconds. */
  private static final long LONGEST_WAIT_MILLIS = 1500;

  private final Inbox inbox;
  private ExecutorService accepted;

  AcceptProducer(InboxEndpoint endpoint, Inbox inbox) {
    super(endpoint);
    this.inbox = inbox;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    accepted =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "accepted");
  }

  @Override
  protected void doStop() throws Exception {
    getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(accepted);
    super.doStop();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    long millis = inbox.writingFor().toMillis();
    if (millis >= LONGEST_WAIT_MILLIS) {
      // who waits keeps those behind waiting too, whose two seconds are running as well
      exchange.setException(
          new LedgerUnavailable("the ledger has been writing for " + millis + " ms"));
      callback.done(true);
      return true;
    }
    inbox
        .accept(exchange.getMessage().getBody(NewEvent.class))
        .orTimeout(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (isNew, failure) -> {
              if (failure != null) {
                exchange.setException(unavailable(failure));
              }
              callback.done(false);
            },
            accepted);
    return false;
  }

  private static LedgerUnavailable unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof LedgerUnavailable unavailable) {
      return unavailable;
    }
    return new LedgerUnavailable(
        cause instanceof TimeoutException
            ? "the ledger did not write within " + LONGEST_WAIT_MILLIS + " ms"
            : cause.getMessage(),
        cause);
  }
}
