package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is about to be put at a sink. It is noted before the sink gets the file, so that an attempt
 * that dies before its delivery is recorded leaves no file of which nobody knows: the next one asks
 * the sink for that very file, and records it or has it withdrawn.
 */
public final class Placements {

  private static final String HOLD = SqlText.named("hold-lease");
  private static final String NOTE = SqlText.named("note-placement");
  private static final String OF_ACTIVITY = SqlText.named("placements-of-activity");
  private static final String FORGET = SqlText.named("forget-placement");

  private final Ledger ledger;
  private final Predicate<String> canFind;
  private final Clock clock;

  /**
   * @param canFind whether a sink can be asked for a file; at one that cannot, a file is simply put
   *     again
   */
  public Placements(Ledger ledger, Predicate<String> canFind, Clock clock) {
    this.ledger = ledger;
    this.canFind = canFind;
    this.clock = clock;
  }

  /**
   * Notes that the exported file is about to be put at a sink, and leaves that in the variable
   * {@code placement}.
   *
   * @throws IllegalStateException if somebody else works on the event now
   */
  public void note(
      Exchange exchange,
      @Variable("event") Event event,
      @Variable("export") ExportedFile export,
      @Variable("sink") String sink,
      @Header("file") String path) {
    Delivery wanted =
        new Delivery(
            event.objectId(),
            sink,
            path,
            export.provenance(),
            export.size(),
            export.sha256(),
            clock.instant());
    if (ledger.write(jdbc -> note(jdbc, wanted, event)) == 0) {
      throw new IllegalStateException("another worker has taken over");
    }
    exchange.setVariable("placement", new Placement(wanted, event.id()));
  }

  private static int note(JdbcClient jdbc, Delivery wanted, Event event) {
    jdbc.sql(HOLD).param("id", event.id()).param("lease", event.lease()).update();
    return jdbc.sql(NOTE)
        .param("activityId", wanted.activityId())
        .param("sink", wanted.sink())
        .param("path", wanted.path())
        .param("provenance", wanted.provenance())
        .param("size", wanted.size())
        .param("sha256", wanted.sha256())
        .param("now", wanted.deliveredAt().toEpochMilli())
        .param("eventId", event.id())
        .param("lease", event.lease())
        .update();
  }

  /** What attempts at the event's activity may have left at sinks that can be asked for it. */
  public List<Placement> unfinished(@Variable("event") Event event) {
    return ledger
        .read()
        .sql(OF_ACTIVITY)
        .param("activityId", event.objectId())
        .query(
            (row, number) ->
                new Placement(
                    new Delivery(
                        event.objectId(),
                        row.getString("sink"),
                        row.getString("path"),
                        row.getString("provenance"),
                        row.getLong("size"),
                        row.getString("sha256"),
                        Instant.ofEpochMilli(row.getLong("noted_at"))),
                    row.getLong("event_id")))
        .list()
        .stream()
        .filter(placement -> canFind.test(placement.delivery().sink()))
        .toList();
  }

  /** Addresses the question for one, the body, to its sink. */
  public void address(Exchange exchange, @Body Placement placement) {
    Delivery delivery = placement.delivery();
    exchange.setVariable("sink", delivery.sink());
    exchange.setVariable("placement", placement);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("file", delivery.path());
    exchange.getMessage().setHeader("sha256", delivery.sha256());
    exchange.getMessage().setHeader("event", placement.eventId());
  }

  /** Whether the sink does not have the file: then the header {@code file} is gone. */
  public boolean isNotThere(@Header("file") String path) {
    return path == null;
  }

  /** Whether a file is one too many, at a sink that can take it back. */
  public boolean isToBeWithdrawn(
      @Header("surplus") boolean surplus, @Variable("sink") String sink) {
    return surplus && canFind.test(sink);
  }

  /** Forgets one that is not there. */
  public void forget(@Variable("placement") Placement placement) {
    ledger.write(jdbc -> forget(jdbc, placement));
  }

  /** As {@link #forget(Placement)}, as part of a transaction. */
  static int forget(JdbcClient jdbc, Placement placement) {
    Delivery noted = placement.delivery();
    return jdbc.sql(FORGET)
        .param("activityId", noted.activityId())
        .param("sink", noted.sink())
        .param("path", noted.path())
        .param("sha256", noted.sha256())
        .update();
  }
}
