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

/** Records what was done about each event, as text. */
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
   * One entry of the log.
   *
   * @param eventId the event it belongs to
   * @param at when it was added
   * @param text what was done
   */
  public record Step(long eventId, Instant at, String text) {}

  /** Logs a step and adds it to the event's log; does not wait until it is on disk. */
  public void log(Event event, String step) {
    LOG.info(step);
    long now = clock.millis();
    ledger.note(jdbc -> add(jdbc, event.id(), now, step));
  }

  /** Adds a step within a transaction. */
  public static int add(JdbcClient jdbc, long eventId, long at, String step) {
    return jdbc.sql("insert into event_log (event_id, at, step) values (?, ?, ?)")
        .params(eventId, at, step)
        .update();
  }

  /**
   * The steps of all events of an object, oldest first; if there are very many, only the latest.
   */
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
