package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was done about each event, in words, for whoever asks later why. */
public final class EventLog {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final String TRACE = SqlText.named("trace-object");

  private final Ledger ledger;
  private final Clock clock;

  public EventLog(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A step of a story.
   *
   * @param eventId the event it was taken for
   * @param at when
   * @param text what was done
   */
  public record Step(long eventId, Instant at, String text) {}

  /** Logs a step and adds it to an event's story; does not wait until it is on disk. */
  public void tell(Event event, String step) {
    LOG.info(step);
    long now = clock.millis();
    ledger.note(jdbc -> add(jdbc, event.id(), now, step));
  }

  /** Adds a step as part of a transaction. */
  public static int add(JdbcClient jdbc, long eventId, long at, String step) {
    return jdbc.sql("insert into event_log (event_id, at, step) values (?, ?, ?)")
        .params(eventId, at, step)
        .update();
  }

  /** What happened around an object, oldest first; of very much the latest. */
  public List<Step> of(String objectId) {
    List<Step> latestFirst =
        ledger
            .read()
            .sql(TRACE)
            .param("objectId", objectId)
            .query(
                (row, number) ->
                    new Step(
                        row.getLong("event_id"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("step")))
            .list();
    List<Step> eventLog = new ArrayList<>(latestFirst);
    Collections.reverse(eventLog);
    return eventLog;
  }
}
