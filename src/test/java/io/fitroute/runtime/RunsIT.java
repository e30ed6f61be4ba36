package io.fitroute.runtime;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import io.fitroute.simulator.WebhookEvent;
import io.fitroute.strava.activity.DetailsRetention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The runs as read from the database by charts and blogs. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class RunsIT {

  private static final String TITLE =
      "${variable.yyyy}/${variable.title} ${variable.activity_id}.fit";

  @TempDir private static Path temporary;
  private static TestBed bed;

  @Parameter private Database database;

  @BeforeParameterizedClassInvocation
  static void start(Database database) throws Exception {
    Path folder = Files.createDirectory(temporary.resolve(database.name()));
    bed = TestBed.prepare(folder).connect();
    bed.set("database.url", database.url(folder))
        .set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
        .set("fit.file-name", TITLE)
        .start()
        .subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    bed.close();
  }

  @AfterEach
  void disarm() {
    bed.strava().disarmFaults();
  }

  private static Ledger ledger() {
    return bed.service().ledger();
  }

  private static Map<String, Object> row(String table, SimulatedActivity activity) {
    return ledger()
        .read()
        .sql("select * from " + table + " where id = ?")
        .param(Long.toString(activity.id()))
        .query()
        .singleRow();
  }

  private static boolean isRun(SimulatedActivity activity) {
    return ledger()
            .read()
            .sql("select count(*) from runs where id = ?")
            .param(Long.toString(activity.id()))
            .query(Integer.class)
            .single()
        == 1;
  }

  private static String reason(SimulatedActivity activity, int events) {
    return await()
        .until(
            () ->
                ledger()
                    .read()
                    .sql("select state, reason from event where object_id = ? order by id")
                    .param(Long.toString(activity.id()))
                    .query((row, n) -> row.getString(1) + ": " + row.getString(2))
                    .list(),
            list -> list.size() == events && list.stream().noneMatch(e -> e.startsWith("pending")))
        .get(events - 1);
  }

  private static SimulatedActivity upload(SimulatedActivity.Builder run) {
    SimulatedActivity uploaded = bed.strava().upload(run.build());
    reason(uploaded, 1);
    return uploaded;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void aRunHasAllItsColumns() {
    SimulatedActivity run =
        upload(
            SimulatedActivity.run(ATHLETE)
                .name("Löss \uD83C\uDFC3")
                .start(Instant.parse("2026-10-31T23:30:00Z"))
                .visibility(Visibility.ONLY_ME));

    Map<String, Object> row = row("activity", run);
    assertThat(row)
        .containsEntry("athlete_id", Long.toString(ATHLETE))
        .containsEntry("name", "Löss \uD83C\uDFC3")
        .containsEntry("sport_type", "Run")
        .containsEntry("start_time", run.start().toEpochMilli())
        .containsEntry("start_local", "2026-11-01T00:30:00")
        .containsEntry("utc_offset", 3600)
        .containsEntry("distance", 5000.0)
        .containsEntry("moving_time", 1500)
        .containsEntry("elapsed_time", 1540)
        .containsEntry("device", "Garmin Forerunner 265")
        .containsEntry("private", 1)
        .containsEntry("manual", 0)
        .containsEntry("deleted_at", null);
    assertThat(row.values()).as("only deleted_at").containsOnlyOnce((Object) null);
    assertThat((String) row.get("details")).contains("\"upload_id_str\"", "\"laps\"");
    assertThat(number(row.get("start_latitude"))).isBetween(45.0, 58.0);
    assertThat(number(row.get("read_at"))).isCloseTo(System.currentTimeMillis(), within(60_000.0));

    Map<String, Object> view = row("runs", run);
    assertThat(view.get("date")).hasToString("2026-11-01");
    assertThat(view)
        .containsEntry("month", "2026-11")
        .containsEntry("pace", "5:00")
        .containsEntry("private", 1);
    assertThat(number(view.get("km"))).isEqualTo(5.0);
    assertThat(number(view.get("minutes"))).isEqualTo(25.0);
    assertThat(number(view.get("elapsed_minutes"))).isEqualTo(25.7);
    assertThat(number(view.get("pace_seconds"))).isEqualTo(300);
    assertThat(number(view.get("kmh"))).isCloseTo(11.7, within(0.4));
    assertThat(Optional.ofNullable(view.get("average_heartrate"))).isPresent();
  }

  @Test
  void aMonthAddsUpByTheClockOnTheWall() {
    ZoneId auckland = ZoneId.of("Pacific/Auckland");
    upload(
        SimulatedActivity.run(ATHLETE).zone(auckland).start(Instant.parse("2025-02-28T20:00:00Z")));
    upload(
        SimulatedActivity.run(ATHLETE)
            .sportType("TrailRun")
            .distance(15_000)
            .movingTime(Duration.ofMinutes(95))
            .start(Instant.parse("2025-03-05T08:00:00Z")));
    upload(
        SimulatedActivity.run(ATHLETE)
            .distance(0)
            .movingTime(Duration.ZERO)
            .start(Instant.parse("2025-03-06T08:00:00Z")));
    upload(SimulatedActivity.ride(ATHLETE).start(Instant.parse("2025-03-07T08:00:00Z")));

    Map<String, Object> march =
        ledger()
            .read()
            .sql("select * from runs_by_month where month = '2025-03'")
            .query()
            .singleRow();

    assertThat(march)
        .containsEntry("athlete_id", Long.toString(ATHLETE))
        .containsEntry("pace", "6:00");
    assertThat(number(march.get("runs"))).isEqualTo(3);
    assertThat(number(march.get("km"))).isEqualTo(20.0);
    assertThat(number(march.get("longest_km"))).isEqualTo(15.0);
    assertThat(number(march.get("hours"))).isEqualTo(2.0);
  }

  @Test
  void whatIsMissingOrNonsenseIsNullAndHarmsNoView() {
    SimulatedActivity run = bed.strava().uploadSilently(SimulatedActivity.run(ATHLETE).build());
    String hostile =
        "{\"id\":%d,\"sport_type\":\"Run\",\"start_date\":\"9998-12-31T23:59:59Z\",\"name\":\"a\\u0000b\","
            + "\"utc_offset\":64800,\"distance\":100,\"moving_time\":100000000,\"elapsed_time\":\"x\","
            + "\"calories\":1e999,\"average_speed\":10000,\"x\":\"\\u0000\",\"start_latlng\":[1e9,{}]}";
    bed.strava()
        .arm(
            FaultRule.on(
                    "/api/v3/activities/" + run.id(),
                    Fault.status(200, hostile.formatted(run.id())))
                .onlyTimes(1));
    bed.strava().deliver(WebhookEvent.created(run.id(), ATHLETE, Instant.now()));
    assertThat(reason(run, 1)).startsWith("done");

    assertThat(row("activity", run))
        .containsEntry("name", "ab")
        .containsEntry("athlete_id", Long.toString(ATHLETE))
        .containsEntry("moving_time", 100_000_000)
        .containsEntry("elapsed_time", null)
        .containsEntry("calories", null)
        .containsEntry("start_latitude", null)
        .containsEntry("polyline", null)
        .containsEntry("device", null);
    assertThat(row("runs", run)).as("the file knows better").containsEntry("pace", "5:00");
    ledger()
        .write(
            jdbc ->
                jdbc.sql("delete from recording where activity_id = ?")
                    .param(Long.toString(run.id()))
                    .update());
    assertThat(row("runs", run)).containsEntry("pace", "16666666:40");
    assertThat(ledger().read().sql("select month from runs_by_month").query(String.class).list())
        .contains("9999-01");
  }

  @Test
  void aNewTitleAndANewTypeAreReadAtStrava() throws Exception {
    SimulatedActivity run = upload(SimulatedActivity.run(ATHLETE));
    String details = "/api/v3/activities/" + run.id();
    bed.strava().clearRequests();

    bed.strava()
        .update(run.id(), activity -> activity.name("Canal").visibility(Visibility.ONLY_ME));
    reason(run, 2);

    assertThat(row("runs", run)).containsEntry("name", "Canal").containsEntry("private", 1);
    assertThat(bed.strava().count("GET", details)).isOne();
    assertThat(bed.files()).contains("2026/Canal " + run.id() + ".fit");

    bed.strava().update(run.id(), activity -> activity.sportType("GravelRide"));
    assertThat(reason(run, 3)).endsWith("; its type at Strava is now GravelRide, the file is kept");

    assertThat(bed.strava().count("GET", details)).isEqualTo(2);
    assertThat(row("activity", run)).containsEntry("sport_type", "GravelRide");
    assertThat(isRun(run)).isFalse();
    assertThat(bed.files()).contains("2026/Canal " + run.id() + ".fit");
  }

  @Test
  void aNewTitleOfWhatIsNotWantedCostsNothing() {
    SimulatedActivity ride = upload(SimulatedActivity.ride(ATHLETE));

    bed.strava().update(ride.id(), activity -> activity.name("To work"));

    assertThat(reason(ride, 2)).isEqualTo("skipped: known already: Ride is not wanted");
    assertThat(row("activity", ride)).containsEntry("name", "Evening Ride");
  }

  @Test
  void aTypeThatStravaNoLongerShowsChangesNothing() {
    SimulatedActivity run = upload(SimulatedActivity.run(ATHLETE));
    bed.strava().arm(FaultRule.on("/api/v3/activities/" + run.id(), Fault.notFound()).onlyTimes(1));

    bed.strava()
        .deliver(WebhookEvent.updated(run.id(), ATHLETE, Map.of("type", "Ride"), Instant.now()));

    assertThat(reason(run, 2)).startsWith("skipped: already delivered");
    assertThat(row("activity", run)).containsEntry("sport_type", "Run");
  }

  @Test
  void aDeletedRunIsMarkedAndBackWhenItIsShownAgain() {
    SimulatedActivity run = upload(SimulatedActivity.run(ATHLETE));
    Instant deleted = Instant.now().plusSeconds(1);
    bed.strava().arm(FaultRule.on("/api/v3/activities/" + run.id(), Fault.notFound()).onlyTimes(1));

    bed.strava().deliver(WebhookEvent.deleted(run.id(), ATHLETE, Instant.now()));
    assertThat(reason(run, 2)).startsWith("done: deleted at Strava; the file is kept");

    assertThat(number(row("activity", run).get("deleted_at")))
        .isCloseTo(deleted.toEpochMilli(), within(30_000.0));
    assertThat(isRun(run)).isFalse();

    bed.strava().deliver(WebhookEvent.created(run.id(), ATHLETE, deleted.plusSeconds(5)));
    assertThat(reason(run, 3)).startsWith("skipped: already delivered");
    assertThat(isRun(run)).isTrue();

    bed.strava().update(run.id(), activity -> activity.name("Again"));
    assertThat(reason(run, 4)).startsWith("skipped: already delivered");
    assertThat(row("runs", run)).containsEntry("name", "Again");
  }

  @Test
  void theDocumentedQueriesAnswer() throws Exception {
    upload(SimulatedActivity.run(ATHLETE).start(Instant.parse("2026-05-01T08:00:00Z")));
    String language = database == Database.SQLITE ? "SQLite" : "PostgreSQL";
    List<String> queries =
        Pattern.compile("```sql\n(-- [^\n]*\n[^`]*)```")
            .matcher(Files.readString(TestBed.home().resolve("docs/runs.md")))
            .results()
            .map(block -> block.group(1))
            .filter(query -> query.lines().findFirst().orElseThrow().contains(language))
            .toList();

    assertThat(queries).hasSize(3);
    for (String query : queries) {
      assertThat(ledger().read().sql(query).query().listOfRows())
          .as(query)
          .anySatisfy(row -> assertThat(row.values()).doesNotContainNull());
    }
  }

  @Test
  void everyColumnIsDocumented() throws Exception {
    String page = Files.readString(TestBed.home().resolve("docs/runs.md"));
    SimulatedActivity run = upload(SimulatedActivity.run(ATHLETE));
    List<String> columns = new ArrayList<>(row("activity", run).keySet());
    columns.addAll(row("runs", run).keySet());
    columns.addAll(
        ledger().read().sql("select * from recording").query().listOfRows().get(0).keySet());
    columns.addAll(
        ledger().read().sql("select * from runs_by_month").query().listOfRows().get(0).keySet());

    assertThat(columns).allMatch(column -> page.contains("`" + column + "`"));
  }

  @Test
  void aDeletedRideIsMarkedOnceStravaHasConfirmedIt() {
    SimulatedActivity ride = upload(SimulatedActivity.ride(ATHLETE));
    bed.strava().clearRequests();

    bed.strava().delete(ride.id());
    reason(ride, 2);

    assertThat(row("activity", ride).get("deleted_at")).isNotNull();
    assertThat(bed.strava().count("GET", "/api/v3/activities/" + ride.id())).isOne();
  }

  @Test
  void detailsAreErasedInTimeAndWhatTheWorkNeedsStays() throws Exception {
    SimulatedActivity run = upload(SimulatedActivity.run(ATHLETE).name("Secret place"));
    SimulatedActivity ride = upload(SimulatedActivity.ride(ATHLETE));
    bed.strava().delete(ride.id());
    reason(ride, 2);
    Clock now = Clock.systemUTC();
    ManualClock later = new ManualClock(now.instant().plus(Duration.ofDays(7)).toString());

    assertThat(new DetailsRetention(ledger(), true, 0, later).erase()).as("deleted").isPositive();
    assertThat(row("activity", ride)).containsEntry("details", null).containsEntry("name", null);
    new DetailsRetention(ledger(), true, 7, now).erase();
    assertThat(row("activity", run)).containsEntry("name", "Secret place");
    later.advance(Duration.ofMinutes(1));
    new DetailsRetention(ledger(), true, 7, later).erase();

    List<String> kept =
        row("activity", run).entrySet().stream()
            .filter(column -> column.getValue() != null)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    assertThat(kept)
        .containsExactlyInAnyOrder(
            "id",
            "athlete_id",
            "sport_type",
            "start_time",
            "start_local",
            "manual",
            "original_format",
            "read_at");
    Map<String, Object> view = row("runs", run);
    assertThat(view).containsEntry("month", "2026-11").containsEntry("name", null);
    assertThat(number(view.get("km"))).as("by its file").isEqualTo(5.0);
    String path = "2026/Secret place " + run.id() + ".fit";
    bed.strava().clearRequests();
    bed.strava().deliver(WebhookEvent.created(run.id(), ATHLETE, now.instant().plusSeconds(5)));
    assertThat(reason(run, 2)).isEqualTo("skipped: already delivered: file:" + path);
    bed.strava()
        .deliver(
            WebhookEvent.updated(
                run.id(), ATHLETE, Map.of("private", "true"), now.instant().plusSeconds(6)));
    assertThat(reason(run, 3)).isEqualTo("skipped: already delivered: file:" + path);
    assertThat(bed.files()).contains(path);
    bed.strava().update(run.id(), activity -> activity.name("Park"));
    assertThat(reason(run, 4)).contains("2026/Park " + run.id() + ".fit");
    assertThat(row("activity", run)).as("read again").containsEntry("name", "Park");
    assertThat(bed.strava().count("GET", "/api/v3/activities/" + run.id())).isOne();
  }
}
