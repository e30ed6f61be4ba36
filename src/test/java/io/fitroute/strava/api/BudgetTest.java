package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class BudgetTest {

  @Parameter private Database database;
  private Optional<String> url = Optional.empty();

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T10:07:00Z"));
  private final DefaultCamelContext context = new DefaultCamelContext();
  private Ledger ledger;
  private Budget budget;

  @BeforeEach
  void open() {
    url = url.or(() -> Optional.of(database.url(folder)));
    ledger = Ledger.open(url.orElseThrow(), "", "");
    budget = new Budget(ledger, new Cooldowns(ledger, clock), 20, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void stopsBeforeTheLimitOfAQuarterAndGoesOnAfterIt() {
    admit(Priority.LIVE, 100);

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .isInstanceOfSatisfying(
            RateLimitExceeded.class,
            e -> assertThat(e.getUntil()).isEqualTo(Instant.parse("2026-11-20T10:15:00Z")));

    clock.set(Instant.parse("2026-11-20T10:15:00Z"));
    admit(Priority.LIVE, 1);
  }

  @Test
  void anUploadDoesNotCountAsARead() {
    admit(Priority.LIVE, 100);
    Exchange upload = new DefaultExchange(context);
    for (int i = 0; i < 100; i++) {
      budget.admitUpload(upload);
    }

    assertThatThrownBy(() -> budget.admitUpload(upload)).isInstanceOf(RateLimitExceeded.class);
    assertThat(Budget.left(ledger, clock.instant()))
        .extracting(Budget.Left::family, Budget.Left::shortLeft, Budget.Left::dayLeft)
        .containsExactly(tuple("overall", 0, 1800), tuple("read", 0, 900));
  }

  @Test
  void stopsBeforeTheLimitOfTheDayUntilMidnight() {
    record(Map.of("X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", "5,999"));

    admit(Priority.LIVE, 1);

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .isInstanceOfSatisfying(
            RateLimitExceeded.class,
            e -> assertThat(e.getUntil()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z")));
  }

  @Test
  void workOnThePastLeavesTheReserve() {
    admit(Priority.HISTORY, 80);

    assertThatThrownBy(() -> admit(Priority.HISTORY, 1)).isInstanceOf(RateLimitExceeded.class);
    admit(Priority.LIVE, 20);
  }

  @Test
  void whatOthersUseOfTheApplicationCounts() {
    record(Map.of("x-readratelimit-limit", "100,1000", "X-READRATELIMIT-USAGE", "99, 120"));

    admit(Priority.LIVE, 1);

    assertThatThrownBy(() -> admit(Priority.LIVE, 1)).isInstanceOf(RateLimitExceeded.class);
  }

  @Test
  void requestsUnderWayCountThoughAnAnswerDoesNotKnowOfThemYet() {
    admit(Priority.LIVE, 60);

    record(
        Map.of(
            "X-ReadRateLimit-Limit", "100,1000",
            "X-ReadRateLimit-Usage", "20,20",
            "X-RateLimit-Limit", "200,2000",
            "X-RateLimit-Usage", "20,20"));

    assertThat(left("read")).isEqualTo(40);
    assertThat(left("overall")).isEqualTo(140);
    assertThat(Budget.left(ledger, clock.instant()))
        .extracting(Budget.Left::dayLeft)
        .containsExactlyInAnyOrder(940, 1940);
  }

  @Test
  void headersThatSayNothingAreNoHarm() {
    admit(Priority.LIVE, 3);

    record(Map.of("X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", ","));
    record(Map.of("X-RateLimit-Limit", "many", "X-RateLimit-Usage", "a,b"));
    record(Map.of());

    assertThat(Budget.left(ledger, clock.instant()))
        .extracting(Budget.Left::shortLeft)
        .containsExactlyInAnyOrder(197, 97);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0", "0,1000", "100,0", "-1,-1", "99999999999,1"})
  void limitsThatCannotBeAreIgnored(String limits) {
    Map<String, Object> headers =
        Map.of("X-ReadRateLimit-Limit", limits, "X-ReadRateLimit-Usage", "0,0");
    admit(Priority.LIVE, 1);
    record(headers);

    assertThat(left("read")).isEqualTo(99);
    assertThat(budget.exceeded(headers, clock.instant()).getUntil())
        .isEqualTo(Instant.parse("2026-11-20T10:15:00Z"));
  }

  @Test
  void aUsageThatCannotBeIsIgnored() {
    record(
        Map.of(
            "X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", "2147483647,2147483647"));

    admit(Priority.LIVE, 1);
  }

  @Test
  void aLimitThatNoAnswerConfirmsExpiresAfterADay() {
    record(Map.of("X-ReadRateLimit-Limit", "1,1", "X-ReadRateLimit-Usage", "0,0"));
    admit(Priority.LIVE, 1);
    clock.set(Instant.parse("2026-11-21T10:06:00Z"));
    admit(Priority.LIVE, 1);
    assertThatThrownBy(() -> admit(Priority.LIVE, 1)).isInstanceOf(RateLimitExceeded.class);

    clock.set(Instant.parse("2026-11-21T10:07:00Z"));

    admit(Priority.LIVE, 99);
    record(Map.of("X-ReadRateLimit-Limit", "200,2000", "X-ReadRateLimit-Usage", "100,101"));
    clock.set(Instant.parse("2026-11-22T10:06:00Z"));
    assertThat(left("read")).isEqualTo(200);
  }

  @Test
  void theCountOutlivesTheProcess() {
    admit(Priority.LIVE, 60);
    close();

    open();

    admit(Priority.LIVE, 40);
    assertThatThrownBy(() -> admit(Priority.LIVE, 1)).isInstanceOf(RateLimitExceeded.class);
  }

  @Test
  void nothingIsAskedAfterARefusalUntilTheWindowEnds() {
    budget.exceeded(Map.of(), clock.instant());

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .hasMessage("the API budget is used up until 2026-11-20T10:15:00Z");
    clock.set(Instant.parse("2026-11-20T10:15:00Z"));
    admit(Priority.LIVE, 1);
  }

  @Test
  void aRefusalThatComesWhenItsWindowIsOverHoldsNobodyUp() {
    Instant askedAt = Instant.parse("2026-11-20T23:59:59.9Z");
    clock.set(Instant.parse("2026-11-21T00:00:00.2Z"));

    budget.exceeded(
        Map.of("X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", "5,1000"), askedAt);

    admit(Priority.LIVE, 1);
  }

  @Test
  void aClockThatIsAheadOfStravasDoesNotMissTheDayThatBegins() {
    clock.set(Instant.parse("2026-11-21T00:00:05Z"));
    Map<String, Object> headers =
        Map.of(
            "X-ReadRateLimit-Limit",
            "100,1000",
            "X-ReadRateLimit-Usage",
            "5,1000",
            "date",
            "Fri, 20 Nov 2026 23:59:35 GMT");
    budget.record(headers, clock.instant());

    budget.exceeded(headers, clock.instant());

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .hasMessage("the API budget is used up until 2026-11-21T00:00:30Z");
    clock.set(Instant.parse("2026-11-21T00:00:30Z"));
    admit(Priority.LIVE, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "Fri, 20 Nov 2026 23:59:59 GMT", "Sun, 1 Nov 2026 10:00:00 GMT"})
  void aDateThatIsNoClockOrShowsTheSameTimeChangesNothing(String date) {
    clock.set(Instant.parse("2026-11-21T00:00:01Z"));

    budget.exceeded(Map.of("Date", date), clock.instant());

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .hasMessage("the API budget is used up until 2026-11-21T00:15:00Z");
  }

  @Test
  void whatAnotherOneWasToldWhileThisOneWaitedForTheLedgerCounts() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Integer> refusal =
        ledger.submit(
            jdbc -> {
              await(release);
              return jdbc.sql("insert into pause values (?, ?, 'told')")
                  .params(Budget.PAUSE, Instant.parse("2026-11-20T10:15:00Z").toEpochMilli())
                  .update();
            });
    CompletableFuture<Void> admitted = CompletableFuture.runAsync(() -> admit(Priority.LIVE, 1));
    release.countDown();

    assertThat(refusal.get(10, TimeUnit.SECONDS)).isOne();
    assertThatThrownBy(() -> admitted.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RateLimitExceeded.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClockThatIsSetBackMakesNothingUnused() {
    admit(Priority.LIVE, 100);

    clock.set(Instant.parse("2026-11-20T09:07:00Z"));

    assertThatThrownBy(() -> admit(Priority.LIVE, 1)).isInstanceOf(RateLimitExceeded.class);
    clock.set(Instant.parse("2026-11-20T10:16:00Z"));
    admit(Priority.LIVE, 1);
  }

  @Test
  void anAnswerThatIsNotedLateTakesNothingFromTheNextWindow() {
    clock.set(Instant.parse("2026-11-20T10:15:00Z"));
    admit(Priority.LIVE, 1);
    clock.set(Instant.parse("2026-11-20T10:14:59.9Z"));
    record(Map.of("X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", "95,95"));

    clock.set(Instant.parse("2026-11-20T10:15:00.1Z"));
    assertThat(left("read")).isEqualTo(99);
  }

  @Test
  void aRequestThatIsAnsweredInTheNextWindowCountsThereToo() {
    clock.set(Instant.parse("2026-11-20T10:14:59.9Z"));
    Instant askedAt = clock.instant();
    admit(Priority.LIVE, 1);
    clock.set(Instant.parse("2026-11-20T10:15:00.2Z"));

    budget.record(
        Map.of("X-ReadRateLimit-Limit", "100,1000", "X-ReadRateLimit-Usage", "95,95"), askedAt);

    assertThat(left("read")).isEqualTo(99);
    assertThat(left("overall")).isEqualTo(199);
    assertThat(Budget.left(ledger, clock.instant()))
        .extracting(Budget.Left::dayLeft)
        .containsExactlyInAnyOrder(999, 1999);
  }

  @Test
  void aRequestThatIsAnsweredOnTheNextDayCountsThereToo() {
    clock.set(Instant.parse("2026-11-20T23:59:59.9Z"));
    Instant askedAt = clock.instant();
    admit(Priority.LIVE, 1);
    clock.set(Instant.parse("2026-11-21T00:00:00.2Z"));

    budget.record(Map.of(), askedAt);

    ledger.write(jdbc -> 0);
    assertThat(Budget.left(ledger, clock.instant()))
        .extracting(Budget.Left::dayLeft)
        .containsExactlyInAnyOrder(999, 1999);
  }

  @Test
  void whatIsNotThereMayTakeAFifthOfTheDaysReadsAndWhatIsKnownGoesOn() {
    record(Map.of("X-ReadRateLimit-Limit", "100,50", "X-ReadRateLimit-Usage", "0,0"));
    Event made = event(Priority.LIVE, "1");
    for (int number = 0; number < 9; number++) {
      admit(Priority.LIVE, 1);
      budget.noteAbsent(made);
    }
    budget.noteAbsent(event(Priority.MANUAL, "1"));
    admit(Priority.LIVE, 1);
    budget.noteAbsent(made);

    assertThatThrownBy(() -> admit(Priority.LIVE, 1))
        .isInstanceOf(RateLimitExceeded.class)
        .hasMessage(
            "the share of the API budget for unknown activities is used up until"
                + " 2026-11-21T00:00:00Z");

    admit(Priority.MANUAL, 1);
    ledger.write(
        jdbc ->
            jdbc.sql("insert into delivery values ('1', 'file', 'p', 'streams', 1, 'x', 1, 1)")
                .update());
    admit(Priority.LIVE, 1);
    ledger.write(jdbc -> jdbc.sql("delete from delivery").update());
    clock.set(Instant.parse("2026-11-21T00:00:00Z"));
    admit(Priority.LIVE, 1);
  }

  private Event event(Priority priority, String activity) {
    return new Event(
        1,
        NewEvent.request("test", priority, "activity", activity, "2", clock.instant()),
        clock.instant(),
        0,
        0,
        false,
        "lease");
  }

  private int left(String family) {
    // recording a response is asynchronous
    ledger.write(jdbc -> 0);
    return Budget.left(ledger, clock.instant()).stream()
        .filter(left -> left.family().equals(family))
        .findFirst()
        .orElseThrow()
        .shortLeft();
  }

  private void record(Map<String, Object> headers) {
    budget.record(headers, clock.instant());
  }

  private void admit(Priority priority, int times) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setVariable("event", event(priority, "1"));
    for (int number = 0; number < times; number++) {
      budget.admit(exchange);
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    void set(Instant time) {
      now = time;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.offset(this, Duration.ZERO);
    }
  }
}
