package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much waits, work on one event touches one event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeInboxTest {

  private static final int EVENTS_OF_ONE_ACTIVITY = 100_000;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Pattern PARAMETER = Pattern.compile(":[a-zA-Z0-9]+");

  private Ledger ledger;
  private Inbox inbox;

  @BeforeAll
  void open(@TempDir Path folder) {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    inbox = new Inbox(ledger, Clock.systemUTC());
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "with recursive number(n) as"
                        + " (select 1 union all select n + 1 from number where n < :events)"
                        + " insert into event (origin, lane, subscription_id, object_type, object_id,"
                        + " aspect, owner_id, event_time, updates, received_at, state, due_at)"
                        + " select 'strava', 0, 1, 'activity', '17', 'update', '4455667', n * 1000,"
                        + " '{}', 1, 'pending', case when n = 1 then 1 else null end from number")
                .param("events", EVENTS_OF_ONE_ACTIVITY)
                .update());
  }

  @AfterAll
  void close() {
    ledger.close();
  }

  @Test
  void manyEventsOfOneActivityHaveTheirTurnOneByOneAndHoldUpNobody() {
    inbox.accept(Events.of("another")).join();
    List<Event> claimed = inbox.claim(100, LEASE);

    assertThat(claimed).extracting(Event::objectId).containsExactly("17", "another");
    long before = System.nanoTime();
    Event one = claimed.get(0);
    for (int number = 1; number <= 100; number++) {
      assertThat(one.event().eventTime().getEpochSecond()).isEqualTo(number);
      inbox.record(one, new Next.End(EventState.SKIPPED, "done with"));
      one = inbox.claim(100, LEASE).get(0);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  /**
   * The statements that run for each event, and those that run while others wait for the writer.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept-event",
        "claim-events",
        "keep-lease",
        "renew-lease",
        "settle-event",
        "promote-next",
        "postpone-event",
        "hasten-object",
        "next-due",
        "later-deletion",
        "set-back-times",
        "deliveries-of-activity",
        "placements-of-activity",
        "note-placement",
        "record-delivery",
        "find-event",
        "trace-object"
      })
  void noStatementLooksThroughAllEvents(String name) {
    String sql = SqlText.named(name);
    Map<String, Object> parameters = new HashMap<>();
    Matcher named = PARAMETER.matcher(sql);
    while (named.find()) {
      parameters.put(named.group().substring(1), 1);
    }
    Object[] numbered = new Object[(int) sql.chars().filter(sign -> sign == '?').count()];
    Arrays.fill(numbered, 1);

    List<String> plan =
        ledger.write(
            jdbc -> {
              var question = jdbc.sql("explain query plan " + sql);
              var filled =
                  numbered.length > 0 ? question.params(numbered) : question.params(parameters);
              return filled.query((row, number) -> row.getString("detail")).list();
            });

    assertThat(plan).allSatisfy(step -> assertThat(step).doesNotStartWith("SCAN"));
  }
}
