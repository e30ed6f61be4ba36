package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes settled events and their log entries after the retention time. Live events that were
 * skipped without a request to Strava are deleted much earlier, because anybody can post any number
 * of them.
 */
public final class Housekeeping {

  private static final String FORGET_STORIES = SqlText.named("forget-event-logs");
  private static final String FORGET_EVENTS = SqlText.named("forget-events");

  private final Ledger ledger;
  private final Duration retention;
  private final Duration retentionOfIgnored;
  private final Clock clock;

  public Housekeeping(Ledger ledger, Duration retention, Duration retentionOfIgnored, Clock clock) {
    this.ledger = ledger;
    this.retention = retention;
    this.retentionOfIgnored = retentionOfIgnored;
    this.clock = clock;
  }

  /** Deletes what has passed its retention time and returns the number of events deleted. */
  public int forget() {
    long now = clock.millis();
    return ledger.writeInPortions(
        most ->
            jdbc -> {
              forget(jdbc, FORGET_STORIES, now, most);
              return forget(jdbc, FORGET_EVENTS, now, most);
            });
  }

  private int forget(JdbcClient jdbc, String statement, long now, int most) {
    return jdbc.sql(statement)
        .param("before", now - retention.toMillis())
        .param("ignoredBefore", now - retentionOfIgnored.toMillis())
        .param("limit", most)
        .update();
  }
}
