package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processing one event touches one event, however many wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LargeInboxContract {

  private static final int EVENTS_OF_ONE_ACTIVITY = 100_000;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String WHAT_WORKERS_HAVE = "SCAN event USING INDEX event_leased";
  private static final Pattern PARAMETER = Pattern.compile("\\?|(?<!:):[a-zA-Z0-9]+");

  private final Database database;
  private Ledger ledger;
  private Inbox inbox;

  LargeInboxContract(Database database) {
    this.database = database;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    ledger = Ledger.open(database.url(folder), "", "");
    inbox = new Inbox(ledger, SystemServices.ofJdk());
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "with recursive number(n) as"
                        + " (select 1 union all select n + 1 from number where n < :events)"
                        + " insert into event (origin, priority, subscription_id, object_type, object_id,"
                        + " aspect, owner_id, event_time, updates, received_at, state, due_at)"
                        + " select 'strava', 0, 1, 'activity', '17', 'update', '4455667', n * 1000,"
                        + " '{}', 1, 'pending', case when n = 1 then 1 else null end from number")
                .param("events", EVENTS_OF_ONE_ACTIVITY)
                .update());
    if (database == Database.POSTGRESQL) {
      // the database does this by itself a minute later
      ledger.write(jdbc -> jdbc.sql("analyze event").update());
    }
  }

  @AfterAll
  void close() {
    ledger.close();
  }

  @Test
  void manyEventsOfOneActivityHaveTheirTurnOneByOneAndHoldUpNobody() {
    inbox.accept(Events.of("another")).join();
    List<Event> claimed = inbox.leases().claim(100, LEASE);

    assertThat(claimed).extracting(Event::objectId).containsExactly("17", "another");
    long before = System.nanoTime();
    Event one = claimed.get(0);
    for (int number = 1; number <= 100; number++) {
      assertThat(one.event().eventTime().getEpochSecond()).isEqualTo(number);
      inbox.outcomes().record(one, new Next.End(EventState.SKIPPED, "done with"));
      one = inbox.leases().claim(100, LEASE).get(0);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void theStoryOfAnActivityIsAsLongAsMemoryAllows() {
    List<EventLog.Step> eventLog = new EventLog(ledger, Clock.systemUTC()).of("17");

    assertThat(eventLog).hasSize(10_000);
    assertThat(eventLog).isSortedAccordingTo(Comparator.comparing(EventLog.Step::at));
  }

  /**
   * The statements that run for each event, and those that run while others wait for the writer.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept-event",
        "claim-events",
        "claim-unlocked-events",
        "claim-unknown-events",
        "lapsed-leases",
        "hold-lease",
        "keep-lease",
        "release-leases",
        "renew-lease",
        "settle-event",
        "promote-next",
        "postpone-event",
        "hasten-object",
        "resume-athlete",
        "next-due",
        "later-deletion",
        "set-back-times",
        "deliveries-of-activity",
        "unfinished-delivery-intents",
        "reserve-path",
        "record-delivery",
        "find-event",
        "trace-object"
      })
  void noStatementLooksThroughAllEvents(String name) {
    assumeTrue(database == Database.POSTGRESQL || !name.equals("claim-unlocked-events"));
    String explanation = explanation(name);

    List<String> plan = ledger.write(jdbc -> steps(jdbc, explanation));

    // empty tables are scanned, which means nothing
    assertThat(plan)
        .filteredOn(step -> !step.endsWith(WHAT_WORKERS_HAVE))
        .noneMatch(step -> step.startsWith("SCAN") || step.contains("Seq Scan on event"));
    if (name.equals("resume-athlete")) {
      assertThat(String.join(" ", plan)).contains("event_put_back", "event_leased");
    }
    if (name.equals("claim-unlocked-events")) {
      // otherwise the longest due event would be sought among all that are due
      assertThat(plan).noneMatch(step -> step.contains("Sort"));
    }
  }

  /** The query plan of a statement. */
  String explanation(String name) {
    String explain = database == Database.SQLITE ? "explain query plan " : "explain ";
    // PostgreSQL converts a quoted number to the type it is compared with
    return explain + PARAMETER.matcher(SqlText.named(name)).replaceAll("'1'");
  }

  /** A statement with numbered parameters, as a server prepares it. */
  static String numbered(String name) {
    AtomicInteger number = new AtomicInteger();
    return PARAMETER
        .matcher(SqlText.named(name))
        .replaceAll(parameter -> "\\$" + number.incrementAndGet());
  }

  static List<String> steps(JdbcClient jdbc, String explanation) {
    return jdbc.sql(explanation)
        .query((row, number) -> row.getString(row.getMetaData().getColumnCount()))
        .list();
  }
}
