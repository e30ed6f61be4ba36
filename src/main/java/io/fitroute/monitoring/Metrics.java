package io.fitroute.monitoring;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Progress;
import io.fitroute.ledger.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** The metrics of fitroute at {@code GET /observe/metrics}, in addition to Camel's own. */
public final class Metrics {

  private final Inbox inbox;
  private final Ledger ledger;

  public Metrics(Inbox inbox, Ledger ledger) {
    this.inbox = inbox;
    this.ledger = ledger;
  }

  /** Registers all metrics; the ledger is queried whenever they are read. */
  public void addTo(MeterRegistry registry) {
    FunctionCounter.builder("fitroute.events.accepted", inbox, Inbox::accepted)
        .description("New events received since the start")
        .register(registry);
    FunctionCounter.builder("fitroute.events.repeated", inbox, Inbox::repeated)
        .description("Duplicate events received since the start")
        .register(registry);
    for (EventState state : EventState.values()) {
      Gauge.builder("fitroute.events", () -> inbox.count(state))
          .description("Events in the inbox")
          .tag("state", state.word())
          .register(registry);
    }
    Progress progress = inbox.progress();
    Gauge.builder("fitroute.inbox.lag", () -> seconds(progress.lag()))
        .description("Longest time that a due event has been waiting for a worker")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("fitroute.inbox.dispatch.age", () -> seconds(progress.sinceDispatch()))
        .description("Time since the inbox was last polled for due events")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("fitroute.ledger.commits", ledger, Ledger::commits)
        .description("Transactions committed since the start")
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
