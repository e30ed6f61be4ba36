package io.fitroute.service;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What {@code GET /observe/metrics} says of fitroute itself, beside what Camel says of routes. */
final class Metrics {

  private final Inbox inbox;
  private final Ledger ledger;
  private final Clock clock;

  Metrics(Inbox inbox, Ledger ledger, Clock clock) {
    this.inbox = inbox;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Adds all; the ledger is asked anew whenever they are read. */
  void addTo(MeterRegistry registry) {
    FunctionCounter.builder("fitroute.events.accepted", inbox, Inbox::accepted)
        .description("Events that came in since the start and were new")
        .register(registry);
    FunctionCounter.builder("fitroute.events.repeated", inbox, Inbox::repeated)
        .description("Events that came in since the start and were held already")
        .register(registry);
    for (EventState state : EventState.values()) {
      Gauge.builder("fitroute.events", () -> inbox.count(state))
          .description("Events that the inbox holds")
          .tag("state", state.word())
          .register(registry);
    }
    Gauge.builder("fitroute.inbox.lag", this::lagSeconds)
        .description("How long the event has been due that has waited for a worker the longest")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("fitroute.ledger.commits", ledger, Ledger::commits)
        .description("Transactions committed since the start")
        .register(registry);
  }

  private double lagSeconds() {
    Instant now = clock.instant();
    return inbox
        .leases()
        .nextDue()
        .filter(due -> due.isBefore(now))
        .map(due -> Duration.between(due, now).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
