package io.fitroute.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Reads the ledger of a running service from outside. */
final class LedgerView {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final String url;

  LedgerView(Path file) {
    this("jdbc:sqlite:" + file);
  }

  LedgerView(String url) {
    this.url = url;
  }

  /** The number of settled events. */
  long settled() throws SQLException {
    return count("select count(*) from event where state <> 'pending'");
  }

  /** The number of delivered files. */
  long delivered() throws SQLException {
    return count("select count(*) from delivery");
  }

  /** Waits until a number of events are settled. */
  void awaitSettled(long events, Duration longest) throws SQLException, InterruptedException {
    Instant end = Instant.now().plus(longest);
    while (settled() < events) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "only %,d of %,d events came to their end".formatted(settled(), events));
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection ledger = DriverManager.getConnection(url);
        Statement statement = ledger.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
