package io.fitroute.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements reach the other processes that share a ledger on PostgreSQL. */
class LedgerNotificationsTest {

  @TempDir Path folder;
  private final AtomicInteger heard = new AtomicInteger();
  private String url;

  @BeforeEach
  void make() {
    url = Database.POSTGRESQL.url(folder);
  }

  private Ledger open() {
    return Ledger.open(url, "", "");
  }

  /** Starts to listen and waits until notifications are received. */
  private Ledger listening() {
    Ledger ledger = open();
    ledger.onAnnouncement(heard::incrementAndGet);
    await().until(ledger::isListening);
    await().until(() -> heard.get() > 0);
    heard.set(0);
    return ledger;
  }

  @Test
  void itIsHeardByTheOthersAndOnceByOneself() {
    AtomicInteger own = new AtomicInteger();
    try (Ledger one = listening();
        Ledger other = open()) {
      other.onAnnouncement(own::incrementAndGet);
      await().until(other::isListening);
      own.set(0);

      other.announce();

      await().until(() -> heard.get() == 1);
      one.announce();
      await().until(() -> own.get() == 2);
    }
  }

  @Test
  void aFloodIsToldNowAndThen() {
    try (Ledger one = listening();
        Ledger other = open()) {
      for (int number = 0; number < 10_000; number++) {
        other.announce();
      }

      await().until(() -> heard.get() > 0);
      assertThat(heard).hasValueLessThan(1_000);
      assertThat(one.isListening()).isTrue();
    }
  }

  @Test
  void whatIsAnnouncedLastIsToldBeforeTheEnd() {
    try (Ledger one = listening()) {
      Ledger other = open();
      other.announce();
      other.announce();
      other.close();

      await().until(() -> heard.get() > 0);
      assertThat(one.isListening()).isTrue();
    }
  }

  @Test
  void whoHasLostTheConnectionLooksAtOnceWhenItIsThereAgainAndHearsOn() throws SQLException {
    try (Ledger one = listening();
        Ledger other = open()) {
      loseAllConnections();

      await().until(() -> heard.get() > 0);
      await().until(one::isListening);
      int before = heard.get();
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                other.announce();
                return heard.get() > before;
              });
    }
  }

  private void loseAllConnections() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'fitroute' and datname = current_database()");
    }
  }

  @Test
  void inAFileItIsHeardInThisProgram() {
    try (Ledger ledger = Ledger.open(Database.SQLITE.url(folder), "", "")) {
      ledger.onAnnouncement(heard::incrementAndGet);

      ledger.announce();

      assertThat(heard).hasValue(1);
      assertThat(ledger.isListening()).isFalse();
    }
  }
}
