package io.fitroute.inbox.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Events;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.system.ReplacedServices;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** How routes use {@code inbox:}, and the outcomes of their events. */
@Timeout(60)
class InboxRouteTest {

  private static final String WORK =
      "inbox:work?workers=2&lease=30000&failing=10s,1m&notReady=2m&sinkDown=3m&fresh=1h";

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch released = new CountDownLatch(1);
  private DefaultCamelContext context;
  private Ledger ledger;
  private Inbox inbox;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    inbox = new Inbox(ledger, SystemServices.with(clock));
    context = new DefaultCamelContext();
    context.getRegistry().bind("inboxOfLedger", inbox);
    context.getRegistry().bind("eventLogOfLedger", new EventLog(ledger, clock));
    context.getShutdownStrategy().setTimeout(10);
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    context.close();
    ledger.close();
  }

  private void work(String from, Processor step, String to) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(from).routeId("work").process(step).to(to).setProperty("behind", constant(true));
          }
        });
    context.start();
  }

  @ParameterizedTest
  @CsvSource({
    "done, done, ready, 0, 0, -1",
    "skip, skipped, ready, 0, 0, -1",
    "dead, dead, ready, 0, 0, -1",
    "retry, pending, ready, 1, 0, 10",
    "not-ready, pending, ready, 0, 1, 120",
    "sink-down, pending, ready, 1, 0, 180",
    "defer, pending, ready, 0, 0, 3600",
  })
  void anAttemptEndsAsTheRouteSays(
      String operation, String state, String reason, int failures, int notReady, long delay)
      throws Exception {
    List<Object> behind = new CopyOnWriteArrayList<>();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(WORK)
                .setVariable("what", constant("ready"))
                .to("inbox:" + operation + "?reason=${variable.what}")
                .process(exchange -> behind.add(exchange));
          }
        });
    context.start();

    Row row = afterAnAttempt("1");

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.reason()).isEqualTo(reason);
    assertThat(row.failures()).isEqualTo(failures);
    assertThat(row.notReady()).isEqualTo(notReady);
    if (delay < 0) {
      assertThat(row.dueAt()).isNull();
    } else {
      assertThat(Duration.between(clock.instant(), Instant.ofEpochMilli(row.dueAt())))
          .isBetween(Duration.ofSeconds(delay * 9 / 10 - 10), Duration.ofSeconds(delay * 11 / 10));
    }
    assertThat(behind).as("steps after the outcome").isEmpty();
  }

  @Test
  void delaysAfterFailuresAreJittered() throws Exception {
    work(WORK, exchange -> {}, "inbox:retry?reason=no");

    List<Long> delays = new CopyOnWriteArrayList<>();
    for (int number = 0; number < 10; number++) {
      Row row = afterAnAttempt("x" + number);
      delays.add(row.dueAt() - row.storyAt());
    }

    assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(8_500L, 11_001L));
    assertThat(delays.stream().mapToLong(delay -> delay / 20).distinct().count()).isGreaterThan(2);
  }

  @Test
  void aTimeToWaitUntilIsKept() throws Exception {
    Instant until = clock.instant().plus(Duration.ofHours(7)).truncatedTo(ChronoUnit.MILLIS);
    work(
        WORK,
        exchange -> exchange.setVariable("until", until),
        "inbox:defer?reason=budget&until=${variable.until}");

    assertThat(afterAnAttempt("1").dueAt()).isEqualTo(until.toEpochMilli());
  }

  @Test
  void aDelayIsReckonedByTheClockOfTheInbox() throws Exception {
    ManualClock past = new ManualClock("2020-01-01T00:00:00Z");
    use(SystemServices.with(past));
    work(WORK, exchange -> {}, "inbox:defer?reason=budget&delay=7h");

    assertThat(Instant.ofEpochMilli(afterAnAttempt("1").dueAt())).isEqualTo("2020-01-01T07:00:00Z");
  }

  /** Records the dispatcher's rests. */
  private static final class Rests extends ReplacedServices {
    private final boolean shared;
    private volatile Duration last = Duration.ZERO;

    Rests(boolean shared) {
      super(new ManualClock("2026-11-20T12:00:00Z"));
      this.shared = shared;
    }

    @Override
    public boolean isLedgerShared() {
      return shared;
    }

    @Override
    public boolean acquire(Semaphore permits, Duration limit) throws InterruptedException {
      last = limit;
      return super.acquire(permits, limit);
    }
  }

  private void use(SystemServices services) {
    inbox = new Inbox(ledger, services);
    context.getRegistry().bind("inboxOfLedger", inbox);
  }

  @Test
  void anIdleDispatcherRestsUntilTheNextEventIsDue() throws Exception {
    Rests rests = new Rests(false);
    use(rests);
    CountDownLatch begun = new CountDownLatch(1);
    work(
        WORK,
        exchange -> {
          begun.countDown();
          released.await();
        },
        "inbox:defer?reason=budget&delay=7h");
    await().until(() -> rests.last.compareTo(Duration.ofDays(1)) > 0);

    inbox.accept(Events.of("1")).join();

    assertThat(begun.await(10, TimeUnit.SECONDS)).as("it is woken by an event").isTrue();
    await()
        .alias("it looks in time to renew the lease")
        .until(() -> rests.last.compareTo(Duration.ofSeconds(5)) <= 0);
    released.countDown();
    await().until(() -> rests.last.equals(Duration.ofHours(7).plusMillis(1)));
  }

  @Test
  void anIdleDispatcherLooksAroundWhileOthersShareTheLedger() throws Exception {
    Rests rests = new Rests(true);
    use(rests);
    work(WORK, exchange -> {}, "inbox:defer?reason=budget&delay=7h");

    afterAnAttempt("1");

    await().until(() -> rests.last.equals(Duration.ofMillis(500)));
  }

  @Test
  void aRouteThatEndsWithoutAnOutcomeHasFailed() throws Exception {
    work(WORK, exchange -> {}, "log:nothing");

    Row row = afterAnAttempt("1");

    assertThat(row.state()).isEqualTo("pending");
    assertThat(row.failures()).isOne();
    assertThat(row.reason()).isEqualTo("the route ended without an outcome");
  }

  @Test
  void whatIsThrownIsAFailureWithItsMessageOrItsName() throws Exception {
    work(
        WORK,
        exchange -> {
          String object = exchange.getMessage().getBody(Event.class).objectId();
          throw object.equals("named")
              ? new IllegalStateException()
              : new IllegalStateException(object.equals("blank") ? " " : "no answer");
        },
        "inbox:done?reason=done");

    assertThat(afterAnAttempt("told").reason()).isEqualTo("no answer");
    assertThat(afterAnAttempt("named").reason()).isEqualTo("IllegalStateException");
    assertThat(afterAnAttempt("blank").reason()).isEqualTo("IllegalStateException");
    assertThat(afterAnAttempt("blank").failures()).isOne();
  }

  @Test
  void aRouteIsGivenTheEventAndWhetherItIsFreshAndLogLinesSayWhichEventItIs() throws Exception {
    Map<String, Object> seen = new TreeMap<>();
    work(
        WORK,
        exchange -> {
          Event event = exchange.getMessage().getBody(Event.class);
          assertThat(exchange.getVariable("event")).isSameAs(event);
          seen.put(event.objectId(), exchange.getVariable("fresh"));
          seen.put("log of " + event.objectId(), MDC.get("event"));
        },
        "inbox:done?reason=done");

    Row live = afterAnAttempt(Events.of("live"));
    afterAnAttempt(Events.of("past", 0, Priority.HISTORY));

    assertThat(seen)
        .containsEntry("live", true)
        .containsEntry("past", false)
        .containsEntry("log of live", "event " + live.id() + ": ");
  }

  @Test
  void aStepIsAddedToTheStoryOfTheEventInHandAndElsewhereToNone() throws Exception {
    work(WORK, exchange -> exchange.setVariable("what", "a file"), "direct:tell");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:tell")
                .to("inbox:log?step=found ${variable.what}")
                .to("inbox:done?reason=d");
          }
        });

    Row row = afterAnAttempt("1");
    try (ProducerTemplate template = context.createProducerTemplate()) {
      template.requestBody("direct:tell", "nothing in hand");
    }

    List<EventLog.Step> eventLog = new EventLog(ledger, clock).of("1");
    assertThat(eventLog)
        .extracting(EventLog.Step::text)
        .containsExactlyInAnyOrder("create received from strava", "found a file", "done: d");
    assertThat(eventLog).allMatch(step -> step.eventId() == row.id());
    assertThat(eventLog)
        .allSatisfy(
            step ->
                assertThat(step.at()).isCloseTo(clock.instant(), within(1, ChronoUnit.MINUTES)));
    assertThat(ledger.read().sql("select count(*) from event_log").query(Long.class).single())
        .isEqualTo(2);
  }

  @Test
  void noMoreEventsAreInWorkThanThereAreWorkersAndTheFirstToBeIdleTakesTheNext() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    work(
        WORK,
        exchange -> {
          int number = begun.incrementAndGet();
          (number == 1 ? first : released).await();
        },
        "inbox:done?reason=done");
    for (int number = 1; number <= 4; number++) {
      inbox.accept(Events.of("x" + number)).join();
    }

    await().until(() -> begun.get() == 2);
    assertThat(inbox.leases().nextDue())
        .hasValueSatisfying(due -> assertThat(due).isBefore(clock.instant()));
    await().during(Duration.ofMillis(700)).until(() -> begun.get() == 2 && leased() == 2);
    assertThat(pendingExchanges()).isEqualTo(2);
    first.countDown();
    await().atMost(Duration.ofMillis(1500)).until(() -> begun.get() == 3);
    released.countDown();
    await().until(() -> inbox.count(EventState.DONE) == 4);
    await().until(() -> pendingExchanges() == 0);
  }

  private int pendingExchanges() {
    return ((InboxConsumer) context.getRoute("work").getConsumer()).getPendingExchangesSize();
  }

  private long leased() {
    return ledger
        .read()
        .sql("select count(*) from event where lease is not null")
        .query(Long.class)
        .single();
  }

  @Test
  void anIdleWorkerTakesAnEventAtOnceAndOneWhoseTimeComesWhenItComes() throws Exception {
    List<Instant> attempts = new CopyOnWriteArrayList<>();
    work(
        "inbox:work?failing=150ms,6h",
        exchange -> attempts.add(clock.instant()),
        "inbox:retry?reason=no");
    Instant accepted = clock.instant();
    inbox.accept(Events.of("1")).join();

    await().pollInterval(Duration.ofMillis(5)).until(() -> attempts.size() == 2);

    assertThat(Duration.between(accepted, attempts.get(0))).isLessThan(Duration.ofMillis(480));
    assertThat(Duration.between(attempts.get(0), attempts.get(1)))
        .isBetween(Duration.ofMillis(134), Duration.ofMillis(480));
  }

  @Test
  void whatIsSuspendedTakesNothingUntilItIsResumed() throws Exception {
    work(WORK, exchange -> {}, "inbox:done?reason=done");
    afterAnAttempt("before");

    context.getRouteController().suspendRoute("work");
    inbox.accept(Events.of("meanwhile")).join();
    await().during(Duration.ofSeconds(1)).until(() -> inbox.count(EventState.DONE) == 1);
    context.getRouteController().resumeRoute("work");

    await().until(() -> inbox.count(EventState.DONE) == 2);
  }

  @Test
  void whatIsInHandIsFinishedBeforeTheProgramEndsAndNothingElseIsBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    work(
        WORK,
        exchange -> {
          begun.countDown();
          released.await();
        },
        "inbox:done?reason=done");
    for (int number = 1; number <= 4; number++) {
      inbox.accept(Events.of("x" + number)).join();
    }
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread stop = new Thread(context::stop);
    stop.start();
    await().until(() -> context.isStopping());
    released.countDown();
    stop.join();

    assertThat(inbox.count(EventState.DONE)).isEqualTo(2);
    assertThat(leased()).isZero();
  }

  @Test
  void whatAnotherHasTakenOverMeanwhileDoesNotCount() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    work(
        WORK,
        exchange -> {
          begun.countDown();
          released.await();
        },
        "inbox:done?reason=done");
    inbox.accept(Events.of("1")).join();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    ledger.write(
        jdbc -> jdbc.sql("update event set lease = 'another', due_at = due_at + 60000").update());

    released.countDown();

    await().until(() -> pendingExchanges() == 0);
    assertThat(inbox.count(EventState.PENDING)).isOne();
  }

  /** Otherwise it would be retried for ever, whenever its lease expires. */
  @Test
  void anOutcomeThatCannotBeRecordedEndsTheEvent() throws Exception {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "create trigger refuse before update of reason on event when new.reason = 'bad'"
                        + " begin select raise(abort, 'not this one'); end")
                .update());
    work(WORK, exchange -> {}, "inbox:done?reason=bad");

    Row row = afterAnAttempt("1");

    assertThat(row.state()).isEqualTo("dead");
    assertThat(row.reason()).startsWith("its outcome cannot be recorded: ");
  }

  @Test
  void whatARouteAcceptsIsStoredOnceTheRouteGoesOn() throws Exception {
    context.start();
    try (ProducerTemplate template = context.createProducerTemplate()) {
      template.requestBody("inbox:accept", Events.of("1"));

      assertThat(inbox.count(EventState.PENDING)).isOne();
    }
  }

  @Test
  void whileTheLedgerDoesNotWriteARouteWaitsNotLongAndThoseBehindItNotAtAll() throws Exception {
    context.start();
    CountDownLatch writing = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () ->
                ledger.write(
                    jdbc -> {
                      writing.countDown();
                      return waitForRelease();
                    }));
    writer.start();
    assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
    try (ProducerTemplate template = context.createProducerTemplate()) {
      long before = System.nanoTime();
      assertThatThrownBy(() -> template.requestBody("inbox:accept", Events.of("1")))
          .isInstanceOf(CamelExecutionException.class)
          .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class)
          .cause()
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessage("the ledger did not write within 1500 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));

      assertThatThrownBy(() -> template.requestBody("inbox:accept", Events.of("2")))
          .cause()
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessageStartingWith("the ledger has been writing for ");
    }
    released.countDown();
    writer.join();
    // the first was stored nevertheless, as waiting work; the second was not
    await().until(() -> inbox.count(EventState.PENDING) == 1);
    assertThat(inbox.find(Events.of("2"))).isEmpty();
  }

  private boolean waitForRelease() {
    try {
      return released.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeStoredIsUnavailable() throws Exception {
    context.start();
    ledger.close();
    try (ProducerTemplate template = context.createProducerTemplate()) {
      assertThatThrownBy(() -> template.requestBody("inbox:accept", Events.of("1")))
          .cause()
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessage("the ledger is closed");
    }
  }

  @Test
  void anOperationThatIsNotKnownOrStandsInTheWrongPlaceIsRefused() {
    assertThatThrownBy(() -> context.getEndpoint("inbox:dnoe"))
        .hasStackTraceContaining(
            "inbox:dnoe is unknown; allowed after inbox: accept, work, log, done, skip,"
                + " dead, not-ready, retry, sink-down, defer");
    assertThatThrownBy(() -> context.getEndpoint("inbox:work").createProducer())
        .hasMessage("inbox:work must follow from");
    assertThatThrownBy(() -> context.getEndpoint("inbox:done").createConsumer(null))
        .hasMessage("from must be inbox:work");
  }

  /**
   * A row of the table {@code event}.
   *
   * @param storyAt when its attempt was logged
   */
  private record Row(
      long id, String state, String reason, int failures, int notReady, Long dueAt, Long storyAt) {}

  private Row afterAnAttempt(String object) {
    return afterAnAttempt(Events.of(object));
  }

  private Row afterAnAttempt(NewEvent event) {
    inbox.accept(event).join();
    return await()
        .until(
            () ->
                ledger
                    .read()
                    .sql(
                        "select id, state, reason, failures, not_ready, due_at,"
                            + " (select max(at) from event_log where event_id = event.id) as story_at"
                            + " from event where object_id = ?")
                    .param(event.objectId())
                    .query(Row.class)
                    .single(),
            row -> row.reason() != null);
  }
}
