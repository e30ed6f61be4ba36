package io.fitroute.archive;

import io.fitroute.archive.KnownActivities.Match;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.Operation;
import io.fitroute.strava.activity.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps of routes that handle imported files. */
public final class ImportedFiles {

  /** The key in the updates of an undo event whose value is the import's ID. */
  public static final String IMPORT = "import";

  /** The origin of undo events. */
  public static final String UNDO = "undo";

  private static final List<String> TAKE_OVER =
      Stream.of("deliveries", "paths", "recordings", "entries", "activity")
          .map(table -> SqlText.named("take-over-" + table))
          .toList();
  private static final String RECOGNISED = SqlText.named("recognise-import-entry");
  private static final String ADDED = SqlText.named("paths-of-import");
  private static final String FORGET = SqlText.named("forget-imported-activity");

  private final Ledger ledger;
  private final Deliveries deliveries;
  private final BiPredicate<String, Operation> can;

  private ImportedFiles(Ledger ledger, Deliveries deliveries, BiPredicate<String, Operation> can) {
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.can = can;
  }

  /**
   * Creates an instance.
   *
   * @param can whether a sink supports an operation
   */
  public static ImportedFiles of(
      Ledger ledger, Deliveries deliveries, BiPredicate<String, Operation> can) {
    return new ImportedFiles(ledger, deliveries, can);
  }

  /** Whether the event's activity has a file at all of its sinks. */
  public boolean isDelivered(@Variable("event") Event event, @Variable("sinks") String sinks) {
    return deliveries.contains(event.objectId() + "@" + sinks);
  }

  /** Whether the event belongs to an import that was undone. */
  public boolean isUndone(@Variable("event") Event event) {
    return Rows.any(
        ledger.read(),
        "select count(*) from import_entry join import on import.id = import_entry.import_id"
            + " where activity_id = ? and event_id = ? and undone_at is not null",
        event.objectId(),
        event.id());
  }

  /**
   * Looks for a file that was imported without a Strava ID and belongs to the event's activity:
   * either its start and sport match, or its content equals the exported file. If there is one,
   * assigns it to the activity and sets the variable {@code recognised} to its previous ID.
   */
  public void recognise(
      Exchange exchange, @Variable("event") Event event, @Variable("activity") Activity activity) {
    exchange.removeVariable("recognised");
    if (KnownActivities.isOwn(event.objectId()) || !deliveries.of(event.objectId()).isEmpty()) {
      return;
    }
    ExportedFile export = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    Stream<String> same =
        Stream.ofNullable(export)
            .flatMap(file -> KnownActivities.withContent(ledger.read(), file.sha256()).stream());
    Stream<String> started =
        KnownActivities.startedAt(ledger.read(), activity.start()).stream()
            .filter(one -> KnownActivities.isSame(one.sport(), activity.sportType()))
            .map(Match::id);
    Stream.concat(same, started)
        .filter(id -> KnownActivities.isOwn(id) && !deliveries.of(id).isEmpty())
        .findFirst()
        .ifPresent(
            own -> {
              ledger.write(
                  jdbc -> {
                    takeOver(jdbc, own, event);
                    return jdbc.sql(RECOGNISED).param(event.id()).update();
                  });
              exchange.setVariable("recognised", own);
            });
  }

  private static int takeOver(JdbcClient jdbc, String own, Event event) {
    return TAKE_OVER.stream()
        .mapToInt(
            statement ->
                jdbc.sql(statement).param("own", own).param("id", event.objectId()).update())
        .sum();
  }

  /** The files that the event's import added, at sinks that can remove them. */
  public List<Delivery> removable(@Variable("event") Event event) {
    return ledger
        .read()
        .sql(ADDED)
        .param("activityId", event.objectId())
        .param("import", number(event))
        .query(
            (row, number) ->
                new Delivery(
                    event.objectId(),
                    row.getString("sink"),
                    row.getString("path"),
                    row.getString("provenance"),
                    row.getLong("size"),
                    row.getString("sha256"),
                    Instant.ofEpochMilli(row.getLong("noted_at"))))
        .list()
        .stream()
        .filter(one -> can.test(one.sink(), Operation.PURGE))
        .toList();
  }

  private static long number(Event event) {
    return Optional.ofNullable(event.updates().get(IMPORT)).map(Long::valueOf).orElse(0L);
  }

  /**
   * Deletes the activity if only the import created it and no sink has its file, and marks the
   * import's entries for it as undone.
   */
  public void forget(@Variable("event") Event event) {
    ledger.write(
        jdbc -> {
          jdbc.sql(FORGET)
              .param("activityId", event.objectId())
              .param("import", number(event))
              .update();
          return jdbc.sql(
                  "update import_entry set state = 'undone'"
                      + " where import_id = ? and activity_id = ? and state in ('imported', 'converted')")
              .params(number(event), event.objectId())
              .update();
        });
  }
}
