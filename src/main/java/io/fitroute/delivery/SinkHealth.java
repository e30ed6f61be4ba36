package io.fitroute.delivery;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records since when a sink has been failing, in the ledger so that it survives a restart. */
public final class SinkHealth {

  private static final String NOTE = SqlText.named("note-sink-trouble");
  private static final String RESUME_EVENTS = SqlText.named("resume-events-of-sink");
  private static final String RESUME_DELIVERIES = SqlText.named("resume-pending-deliveries");

  private static final Set<Operation> READING =
      EnumSet.of(Operation.STAT, Operation.GET, Operation.FIND);

  private final Ledger ledger;
  private final Clock clock;
  private volatile Set<String> lastSeen = Set.of();

  public SinkHealth(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
    all();
  }

  /**
   * A failing sink.
   *
   * @param since its first failure after its last success
   */
  public record Trouble(String sink, Instant since) {}

  /** Records a failure, except of a reading operation or outside an event. */
  public void failed(
      Exchange exchange, @Variable("sink") String sink, @Variable("operation") String operation) {
    if (exchange.getVariable("event") == null || READING.contains(Operation.of(operation))) {
      return;
    }
    ledger.write(jdbc -> jdbc.sql(NOTE).param("sink", sink).param("now", clock.millis()).update());
    all();
  }

  /** Records that a sink works. If it had been failing, the work waiting for it becomes due. */
  public void worked(@Variable("sink") String sink, @Variable("operation") String operation) {
    if (lastSeen.contains(sink) && !READING.contains(Operation.of(operation))) {
      ledger.write(jdbc -> recovered(jdbc, sink, clock.millis()));
      ledger.announce();
      all();
    }
  }

  private static int recovered(JdbcClient jdbc, String sink, long now) {
    jdbc.sql("delete from sink_trouble where sink = ?").param(sink).update();
    jdbc.sql(RESUME_EVENTS).param("sink", sink).param("now", now).update();
    return jdbc.sql(RESUME_DELIVERIES).param("sink", sink).param("now", now).update();
  }

  /** All failing sinks, the longest failing first. */
  public List<Trouble> all() {
    List<Trouble> found =
        ledger
            .read()
            .sql("select sink, since from sink_trouble order by since, sink")
            .query(
                (row, number) ->
                    new Trouble(row.getString("sink"), Instant.ofEpochMilli(row.getLong("since"))))
            .list();
    lastSeen = found.stream().map(Trouble::sink).collect(Collectors.toUnmodifiableSet());
    return found;
  }
}
