package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.Events;
import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that this version cannot read, such as one of a newer version, is settled. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class UnreadableRowsTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  @Parameter private Database database;
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Inbox inbox;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
    inbox = new Inbox(ledger, SystemServices.with(clock));
    inbox.accept(Events.of("bad")).join();
    inbox.accept(Events.of("bad", 1)).join();
    inbox.accept(Events.of("good")).join();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void spoil(String column, Object value) {
    ledger.write(
        jdbc ->
            jdbc.sql("update event set " + column + " = ? where id = (select min(id) from event)")
                .param(value)
                .update());
  }

  private void assertEnded(String reason) {
    EventStatus status = inbox.find(Events.of("bad")).orElseThrow();
    assertThat(status.state()).isEqualTo(EventState.DEAD);
    assertThat(status.reason()).contains(reason);
    assertThat(new EventLog(ledger, clock).of("bad"))
        .extracting(EventLog.Step::text)
        .contains("dead: " + reason);
    assertThat(inbox.leases().claim(9, LEASE))
        .as("it is the turn of the next one of its object")
        .extracting(event -> event.event().eventTime())
        .containsExactly(Events.TIME.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "{\"title\": ", "null", "[1]", "{\"title\":{}}"})
  void updatesThatAreNoObjectOfTextsEndTheEvent(String updates) {
    spoil("updates", updates);

    assertThat(inbox.leases().claim(2, LEASE)).extracting(Event::objectId).containsExactly("good");

    assertEnded("it cannot be read: its updates are not a JSON object of texts");
  }

  @Test
  void aLaneThatIsNotKnownEndsTheEvent() {
    spoil("priority", 7);

    assertThat(inbox.leases().claim(9, LEASE)).extracting(Event::objectId).containsExactly("good");
    inbox.leases().endUnknown(LEASE);

    assertEnded("it cannot be read: its priority 7 is unknown to this version");
  }

  @Test
  void aNegativeLaneEndsTheEventToo() {
    spoil("priority", -1);

    inbox.leases().endUnknown(LEASE);

    assertThat(inbox.find(Events.of("bad")).orElseThrow().state()).isEqualTo(EventState.DEAD);
  }

  @Test
  void theWatchLooksForSuchLanesNowAndThen() {
    spoil("priority", 7);
    LeaseWatch watch =
        new LeaseWatch(inbox.leases(), Duration.ofMillis(30), SystemServices.ofJdk());

    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () -> {
              watch.look(List.of());
              return inbox.find(Events.of("bad")).orElseThrow().state() == EventState.DEAD;
            });
  }
}
