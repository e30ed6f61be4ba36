package io.fitroute.editing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Where events come from the inbox into the routes. While it rests, events wait where nothing is
 * lost, so that no route is exchanged under one of them.
 */
final class Intake {

  private static final String INBOX = "inbox:";

  private final CamelContext context;
  private final Duration patience;

  /**
   * @param patience how long to wait for the events that are being worked on; what then becomes of
   *     them is that they are tried again
   */
  Intake(CamelContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /** Does something while no event is taken from the inbox. */
  void resting(Runnable work) throws InterruptedException {
    List<Consumer> consumers =
        context.getRoutes().stream()
            .map(Route::getConsumer)
            .filter(Suspendable.class::isInstance)
            .filter(consumer -> consumer.getEndpoint().getEndpointBaseUri().startsWith(INBOX))
            .toList();
    consumers.forEach(ServiceHelper::suspendService);
    try {
      awaitIdle(consumers);
      work.run();
    } finally {
      // one whose route was exchanged has been stopped, and stays so
      consumers.forEach(ServiceHelper::resumeService);
    }
  }

  private void awaitIdle(List<Consumer> consumers) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (consumers.stream().anyMatch(Intake::isBusy) && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean isBusy(Consumer consumer) {
    return consumer instanceof ShutdownAware working && working.getPendingExchangesSize() > 0;
  }
}
