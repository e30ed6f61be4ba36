package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.export.ExportFolder;
import io.fitroute.inbox.BackoffSchedule;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.sink.Operation;
import io.fitroute.system.SystemServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Actions on one activity at one sink leave everything else unchanged. */
class OtherDeliveriesTest {

  private static final Duration LEASE = Duration.ofDays(1);
  private static final String ONE = "17";
  private static final String OTHER = "18";

  /** The tables with the columns that refer to an activity. */
  private static final Map<String, String> ACTIVITY_IN =
      Map.of(
          "event", "object_id",
          "activity", "id",
          "delivery", "activity_id",
          "pending_delivery", "activity_id",
          "delivery_intent", "activity_id",
          "tombstone", "activity_id",
          "kept_export", "activity_id");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final Map<String, Event> events = new LinkedHashMap<>();
  private Ledger ledger;
  private Deliveries deliveries;
  private Deletions deletions;
  private KeptExports kept;
  private SinkHealth standing;

  @BeforeEach
  void open() throws Exception {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    deliveries = new Deliveries(ledger, List.of("file", "webdav"), clock, List.of());
    deletions = new Deletions(ledger, deliveries, sink -> true, 5, clock);
    kept = new KeptExports(ledger, new ExportFolder(folder, List.of()), false, clock);
    standing = new SinkHealth(ledger, clock);
    for (String activity : List.of(ONE, OTHER)) {
      waiting(activity);
      execute(
          "insert into activity (id, athlete_id, sport_type, start_time, start_local, manual,"
              + " read_at) values ('%s', 'ann', 'Run', 0, '', 0, 0)",
          activity);
      execute("insert into tombstone values ('%s', 'ann', 0, 1, 0)", activity);
      execute("insert into kept_export values ('%s', 'original', '', 1, '', 0)", activity);
      Files.writeString(folder.resolve("kept-" + activity + ".fit"), "an export");
      for (String sink : List.of("file", "webdav")) {
        execute(
            "insert into delivery values ('%s', '"
                + sink
                + "', 'x"
                + activity
                + "', 'streams', 1, 'ab', 1, 0)",
            activity);
        execute(
            "insert into delivery_intent values ('"
                + sink
                + "', 'x"
                + activity
                + "', 'x', '%s', 'original', 1, 'cd', 'x', 1, 0, 0)",
            activity);
      }
    }
    owe(ONE, "file");
    owe(ONE, "webdav");
    owe(OTHER, "webdav");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void execute(String sql, String activity) {
    ledger.write(jdbc -> jdbc.sql(sql.formatted(activity)).update());
  }

  private void owe(String activity, String sink) {
    execute(
        "insert into pending_delivery values ('%s', '" + sink + "', 1, " + later() + ", '')",
        activity);
  }

  private long later() {
    return clock.instant().plus(Duration.ofHours(6)).toEpochMilli();
  }

  private void waiting(String activity) {
    Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
    inbox.accept(event(activity, "create")).join();
    Event event = inbox.leases().claim(1, LEASE).get(0);
    Next.Later next = new Next.Later(Instant.ofEpochMilli(later()), 1, 0, "the sink is away");
    assertThat(inbox.outcomes().record(event, next)).isTrue();
    events.put(activity, event);
  }

  private NewEvent event(String activity, String aspect) {
    NewEvent create =
        NewEvent.request("test", Priority.LIVE, "activity", activity, "ann", clock.instant());
    return new NewEvent(
        create.origin(),
        create.priority(),
        create.subscriptionId(),
        create.objectType(),
        activity,
        aspect,
        create.ownerId(),
        create.eventTime(),
        create.updates());
  }

  private Event one() {
    return events.get(ONE);
  }

  private static Delivery at(String sink) {
    return new Delivery(ONE, sink, "x17", "original", 1, "cd", Instant.EPOCH);
  }

  private static Exchange exchange() {
    return new DefaultExchange(new DefaultCamelContext());
  }

  /** An action on one activity. */
  private interface Action {
    void on(OtherDeliveriesTest test) throws Exception;
  }

  static Stream<Named<Action>> aboutOneActivity() {
    return Stream.of(
        Named.of("bury", test -> test.deletions.isBraked(test.one())),
        Named.of("bury unfetched", OtherDeliveriesTest::confirmUnfetched),
        Named.of("note a deletion", test -> test.deletions.note(test.one())),
        Named.of("let go of the export", OtherDeliveriesTest::release),
        Named.of("conclude", OtherDeliveriesTest::conclude));
  }

  static Stream<Named<Action>> atOneSink() {
    return Stream.of(
        Named.of("record", test -> test.deliveries.record(exchange(), deliveryIntent(), answer())),
        Named.of("forget", test -> test.deliveries.forget(at("file"))),
        Named.of(
            "give a path back",
            test ->
                new DeliveryIntents(test.ledger, (sink, what) -> true, test.clock)
                    .free(at("file"))),
        Named.of("the sink works again", OtherDeliveriesTest::worksAgain));
  }

  private static DeliveryIntent deliveryIntent() {
    return new DeliveryIntent(
        Operation.PUT, "x17", 1, at("file"), Optional.of(at("file")), true, 1);
  }

  private static SinkAnswer answer() {
    Exchange exchange = exchange();
    SinkAnswer.read(exchange);
    return exchange.getVariable("answer", SinkAnswer.class);
  }

  private void confirmUnfetched() {
    new Inbox(ledger, SystemServices.with(clock)).accept(event(ONE, "delete")).join();
    deletions.confirmUnfetched(one());
  }

  private void release() throws Exception {
    kept.release(one());
    ledger.write(jdbc -> 0); // what was noted before is written by then
  }

  private void conclude() throws Exception {
    BackoffSchedule backoffSchedule = new BackoffSchedule(List.of(Duration.ofMinutes(1)));
    PendingDeliveries pendingDeliveries =
        new PendingDeliveries(
            ledger,
            deliveries,
            new DeliveryIntents(ledger, (sink, what) -> true, clock),
            kept,
            backoffSchedule,
            clock);
    Exchange exchange = exchange();
    pendingDeliveries.conclude(exchange, one(), "file,webdav");
    assertThat(exchange.getVariable("verdict")).isEqualTo("done");
  }

  private void worksAgain() {
    Exchange exchange = exchange();
    exchange.setVariable("event", one());
    standing.failed(exchange, "file", "put");
    standing.worked("file", "put");
  }

  @ParameterizedTest
  @MethodSource({"aboutOneActivity", "atOneSink"})
  void otherActivitiesStayAsTheyAre(Action action) throws Exception {
    Map<String, List<Map<String, Object>>> before = rowsOf(OTHER);
    Map<String, List<Map<String, Object>>> own = rowsOf(ONE);

    action.on(this);

    assertThat(rowsOf(OTHER)).isEqualTo(before);
    assertThat(rowsOf(ONE)).as("the action does something").isNotEqualTo(own);
    assertThat(folder.resolve("kept-18.fit")).exists();
  }

  @ParameterizedTest
  @MethodSource("atOneSink")
  void otherSinksStayAsTheyAre(Action action) throws Exception {
    Map<String, List<Map<String, Object>>> before = rowsAtOtherSinks();

    action.on(this);

    assertThat(rowsAtOtherSinks()).isEqualTo(before);
  }

  @Test
  void aDeletionThatIsToldOfOneActivityIsNotToldOfAnother() {
    new Inbox(ledger, SystemServices.with(clock)).accept(event(OTHER, "delete")).join();

    assertThat(deletions.isReportedDeleted(events.get(OTHER))).isTrue();
    assertThat(deletions.isReportedDeleted(one())).isFalse();
    assertThat(deletions.isBraked(events.get(OTHER))).isFalse();
    assertThat(deletions.isConfirmed(one())).isFalse();
  }

  private Map<String, List<Map<String, Object>>> rowsOf(String activity) {
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    ACTIVITY_IN.forEach(
        (table, column) ->
            rows.put(
                table,
                rows("select * from " + table + " where " + column + " = '" + activity + "'")));
    return rows;
  }

  private Map<String, List<Map<String, Object>>> rowsAtOtherSinks() {
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    for (String table : List.of("delivery", "pending_delivery", "delivery_intent")) {
      rows.put(table, rows("select * from " + table + " where sink <> 'file'"));
    }
    return rows;
  }

  private List<Map<String, Object>> rows(String query) {
    return ledger.read().sql(query).query().listOfRows();
  }
}
