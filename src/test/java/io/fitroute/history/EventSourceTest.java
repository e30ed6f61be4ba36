package io.fitroute.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.subscription.Callback;
import io.fitroute.system.SystemServices;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The source of events is known rather than guessed, and polling stays within its share of the
 * budget.
 */
class EventSourceTest {

  private static final String HERE = "https://runs.example.org/webhook";

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T08:00:00Z");
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private EventSource news(Optional<String> address, Optional<Duration> every) {
    Callback callback =
        new Callback(
            new ApiApplication(Optional.empty(), Optional.empty()),
            address.map(URI::create),
            Optional.empty());
    return new EventSource(ledger, callback, every, 10, clock);
  }

  private void subscription(String callback) {
    ledger.write(
        jdbc ->
            jdbc.sql("insert into subscription (id, callback_url, seen_at) values (7, ?, ?)")
                .params(callback, clock.millis())
                .update());
  }

  private void athletes(int count) {
    for (int i = 1; i <= count; i++) {
      String id = Integer.toString(i);
      ledger.write(
          jdbc ->
              jdbc.sql(
                      "insert into athlete (id, name, access_token, refresh_token, expires_at, scope,"
                          + " state, updated_at) values (?, '', '', '', 0, '', 'connected', 0)")
                  .param(id)
                  .update());
    }
  }

  @Test
  void aSubscriptionLeadsHereByItsCallback() {
    EventSource news = news(Optional.of(HERE), Optional.empty());
    assertThat(news.isByWebhook()).isFalse();
    assertThat(news.interval()).isEqualTo(Duration.ofMinutes(15));

    subscription(HERE);

    assertThat(news.isByWebhook()).isTrue();
    assertThat(news.interval()).isEqualTo(Duration.ofHours(6));
    clock.advance(Duration.ofHours(8));
    assertThat(news.isByWebhook()).as("not seen of late").isFalse();
  }

  @Test
  void orByAnEventThatBearsItsId() {
    subscription("https://elsewhere.example.org/webhook");
    EventSource news = news(Optional.empty(), Optional.empty());
    assertThat(news.isByWebhook()).isFalse();

    NewEvent event =
        new NewEvent(
            "strava",
            Priority.LIVE,
            7,
            "activity",
            "1",
            "create",
            "1",
            Instant.now(),
            new TreeMap<>());
    new Inbox(ledger, SystemServices.with(clock)).accept(event).join();

    assertThat(news.isByWebhook()).isTrue();
  }

  @Test
  void theMoreAthletesTheLongerItTakes() {
    athletes(1);
    EventSource news = news(Optional.empty(), Optional.of(Duration.ofMinutes(1)));
    assertThat(news.interval()).as("100 of 1,000 reads").isEqualTo(Duration.ofSeconds(864));
    ledger.write(jdbc -> jdbc.sql("delete from athlete").update());
    athletes(10);
    assertThat(news.interval()).isEqualTo(Duration.ofSeconds(8640));
    assertThat(news.describe()).contains("every 144 min", "now due");
    assertThat(news(Optional.empty(), Optional.of(Duration.ofDays(1))).interval())
        .isEqualTo(Duration.ofDays(1));
  }
}
