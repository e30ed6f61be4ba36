package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.camel.InboxComponent;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The additional features of an inbox on a server. */
class ServerInboxTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private String url;
  private Ledger ledger;
  private Inbox inbox;

  @BeforeEach
  void open() {
    url = Database.POSTGRESQL.url(folder);
    ledger = Ledger.open(url, "", "");
    inbox = new Inbox(ledger, SystemServices.ofJdk());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  @Timeout(10)
  void whatSomebodyElseHasLockedIsLeftOutAndNotWaitedFor() throws SQLException {
    inbox.accept(Events.of("locked")).join();
    inbox.accept(Events.of("free")).join();
    try (Connection connection = DriverManager.getConnection(url);
        Statement other = connection.createStatement()) {
      connection.setAutoCommit(false);
      other.execute("select id from event where object_id = 'locked' for update");

      assertThat(inbox.leases().claim(9, LEASE))
          .extracting(Event::objectId)
          .containsExactly("free");
      connection.rollback();
    }

    assertThat(inbox.leases().claim(9, LEASE))
        .extracting(Event::objectId)
        .containsExactly("locked");
  }

  @Test
  @Timeout(20)
  void aClaimDoesNotWaitUntilOthersHaveWritten() {
    inbox.accept(Events.of("1")).join();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch claimed = new CountDownLatch(1);
    try (Ledger other = Ledger.open(url, "", "")) {
      CompletableFuture<Boolean> write =
          other.submit(
              jdbc -> {
                writing.countDown();
                return waitFor(claimed);
              });
      assertThat(waitFor(writing)).isTrue();

      List<Event> events = inbox.leases().claim(1, LEASE);
      claimed.countDown();

      assertThat(events).hasSize(1);
      assertThat(write.join()).as("the claim came while it was being written").isTrue();
    }
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without a notification it would be found after five seconds. */
  @Test
  void whoIsIdleIsWokenByWhatComesInElsewhere() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext();
        Ledger elsewhere = Ledger.open(url, "", "")) {
      InboxComponent component = new InboxComponent();
      component.setInbox(inbox);
      component.setEventLog(new EventLog(ledger, Clock.systemUTC()));
      context.addComponent("inbox", component);
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("inbox:work").to("inbox:done?reason=done");
            }
          });
      context.start();
      await().until(ledger::isListening);
      Inbox another = new Inbox(elsewhere, SystemServices.ofJdk());

      for (int number = 1; number <= 3; number++) {
        another.accept(Events.of("x" + number)).join();
        long expected = number;
        await()
            .atMost(Duration.ofMillis(2500))
            .until(() -> inbox.count(EventState.DONE) == expected);
      }
    }
  }
}
