package io.fitroute.inbox.camel;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Outcome;
import io.fitroute.inbox.RetryPolicy;
import io.fitroute.inbox.internal.LeaseWatch;
import io.fitroute.inbox.internal.Rounds;
import io.fitroute.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands each due event to the route on one of a bounded number of workers and records its outcome.
 *
 * <p>A dispatcher thread claims as many events as there are idle workers. It sleeps until an event
 * arrives or the next one is due. If the ledger is shared it also polls now and then, because
 * another process may have added one and only a database server reports that.
 */
final class InboxConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {

  private static final Logger LOG = LoggerFactory.getLogger(InboxConsumer.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration POLL_INTERVAL_WITH_NOTIFICATIONS = Duration.ofSeconds(5);
  private static final Duration UNTIL_WOKEN = Duration.ofDays(365);

  /** A due event that could not be claimed is locked by another instance for a moment. */
  private static final Duration SHORT_REST = Duration.ofMillis(5);

  private final InboxEndpoint endpoint;
  private final Inbox inbox;
  private final Semaphore idleWorkers;
  private final Rounds rounds;
  private final Map<Long, Event> inWork = new ConcurrentHashMap<>();
  private final Runnable arrival = this::wakeIfIdle;
  private RetryPolicy retryPolicy;
  private LeaseWatch leaseWatch;
  private ExecutorService dispatcher;
  private ExecutorService workers;

  InboxConsumer(InboxEndpoint endpoint, Processor processor, Inbox inbox) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.inbox = inbox;
    this.rounds = new Rounds("The inbox cannot be read", inbox.services());
    this.idleWorkers = new Semaphore(endpoint.getWorkers());
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    retryPolicy = endpoint.retryPolicy();
    leaseWatch = new LeaseWatch(inbox.leases(), endpoint.getLease(), inbox.services());
    inbox.onArrival(arrival);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    inbox.progress().begin();
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    workers = threads.newFixedThreadPool(this, "worker", endpoint.getWorkers());
    dispatcher = threads.newSingleThreadExecutor(this, "dispatcher");
    rounds.begin(dispatcher, this::round);
  }

  @Override
  protected void doShutdown() throws Exception {
    inbox.forget(arrival);
    super.doShutdown();
  }

  @Override
  protected void doSuspend() throws Exception {
    inbox.progress().end();
    rounds.stop();
  }

  @Override
  protected void doResume() throws Exception {
    inbox.progress().begin();
    rounds.begin(dispatcher, this::round);
  }

  @Override
  protected void doStop() throws Exception {
    inbox.progress().end();
    rounds.stop();
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    threads.shutdown(dispatcher);
    threads.shutdown(workers);
    super.doStop();
  }

  /** While all workers are busy, the first one to become idle wakes the dispatcher. */
  private void wakeIfIdle() {
    if (idleWorkers.availablePermits() > 0) {
      rounds.wake();
    }
  }

  private Duration round() {
    inbox.progress().dispatched();
    leaseWatch.look(inWork.values());
    if (!endpoint.getCamelContext().isStarted()) {
      return SHORT_REST; // an event may need a route that starts after this one
    }
    if (dispatch()) {
      return Duration.ZERO;
    }
    Duration rest = untilNextPoll();
    inbox.progress().rests(rest);
    return rest;
  }

  /** Claims events for the idle workers; returns whether there may be more to claim at once. */
  private boolean dispatch() {
    int idle = idleWorkers.drainPermits();
    if (idle == 0) {
      return false;
    }
    List<Event> claimed = List.of();
    try {
      claimed = inbox.leases().claim(idle, endpoint.getLease(), inWork.values());
    } finally {
      idleWorkers.release(idle - claimed.size());
    }
    inbox.progress().claimed();
    for (Event event : claimed) {
      inWork.put(event.id(), event);
      workers.execute(() -> work(event));
    }
    return claimed.size() == idle && idleWorkers.availablePermits() > 0;
  }

  /**
   * The time until the next event is due; shorter while leases need renewal or other instances may
   * add events.
   */
  private Duration untilNextPoll() {
    Duration longest =
        inWork.isEmpty() && !inbox.services().isLedgerShared() ? UNTIL_WOKEN : pollInterval();
    if (idleWorkers.availablePermits() == 0) {
      return longest;
    }
    return inbox
        .leases()
        .nextDue()
        .map(due -> Duration.between(now(), due))
        .filter(wait -> wait.compareTo(longest) < 0)
        .map(wait -> wait.isNegative() ? SHORT_REST : wait.plusMillis(1))
        .orElse(longest);
  }

  /** Short enough to renew the leases in time. */
  private Duration pollInterval() {
    Duration partOfLease = endpoint.getLease().dividedBy(6);
    Duration interval =
        partOfLease.compareTo(POLL_INTERVAL_WITH_NOTIFICATIONS) < 0
            ? partOfLease
            : POLL_INTERVAL_WITH_NOTIFICATIONS;
    return inbox.isToldOfArrivals() && interval.compareTo(POLL_INTERVAL) > 0
        ? interval
        : POLL_INTERVAL;
  }

  private Instant now() {
    return inbox.clock().instant();
  }

  private void work(Event event) {
    MDC.put("event", "event " + event.id() + ": ");
    try {
      record(event, attempt(event));
    } finally {
      inWork.remove(event.id());
      MDC.remove("event");
      idleWorkers.release();
      rounds.wake();
    }
  }

  /** One attempt including the removal of what it left on the exchange. */
  private Outcome attempt(Event event) {
    Exchange exchange = createExchange(false);
    exchange.getMessage().setBody(event);
    event.variables().forEach(exchange::setVariable);
    exchange.setVariable("fresh", retryPolicy.mayWait(event, now()));
    try {
      createUoW(exchange);
      getProcessor().process(exchange);
      return outcomeOf(exchange);
    } catch (Exception e) {
      return new Outcome.Failed(sentence(e));
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }

  private static Outcome outcomeOf(Exchange exchange) {
    if (exchange.getException() != null) {
      return new Outcome.Failed(sentence(exchange.getException()));
    }
    return Optional.ofNullable(exchange.getProperty(OutcomeProducer.OUTCOME, Outcome.class))
        .orElseGet(() -> new Outcome.Failed("the route ended without an outcome"));
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private void record(Event event, Outcome outcome) {
    try {
      record(event, retryPolicy.after(event, outcome, now()));
    } catch (LedgerUnavailable e) {
      LOG.error(
          "The outcome of the {} could not be recorded, so it will be retried: {}",
          event,
          e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("The outcome of the {} cannot be recorded", event, e);
      inbox
          .outcomes()
          .record(
              event,
              new RetryPolicy.Next.End(
                  EventState.DEAD, "its outcome cannot be recorded: " + sentence(e)));
    }
  }

  private void record(Event event, RetryPolicy.Next next) {
    if (!inbox.outcomes().record(event, next)) {
      LOG.warn("Another worker has taken over the {}; this outcome is discarded", event);
    } else if (next instanceof RetryPolicy.Next.End end) {
      LOG.info("{}: {}", end.state().word(), end.reason());
    } else if (next instanceof RetryPolicy.Next.Later later) {
      LOG.info("waits until {}: {}", later.dueSecond(), later.reason());
    }
  }

  @Override
  public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
    return false;
  }

  @Override
  public int getPendingExchangesSize() {
    return inWork.size();
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    rounds.stop();
  }
}
