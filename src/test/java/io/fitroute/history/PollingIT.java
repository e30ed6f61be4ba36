package io.fitroute.history;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a webhook, activities are found by polling the list. */
class PollingIT {

  private static final String LIST = "/api/v3/athlete/activities";

  @TempDir private Path folder;
  private TestBed bed;

  @BeforeEach
  void prepare() {
    bed = TestBed.prepare(folder);
    bed.set("reconcile.share", "100").set("reconcile.every", "1s");
    bed.set("fit.file-name", "${variable.title}-${variable.activity_id}.fit");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void start() {
    bed.connect().start();
  }

  private SimulatedActivity upload(String name, Duration ago) {
    return bed.strava()
        .uploadSilently(
            SimulatedActivity.run(ATHLETE).name(name).start(Instant.now().minus(ago)).build());
  }

  private static String file(SimulatedActivity run) {
    return run.name() + "-" + run.id() + ".fit";
  }

  private void awaitFiles(String... files) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bed.files()).containsExactlyInAnyOrder(files));
  }

  private List<String> events(SimulatedActivity activity) {
    return bed.service()
        .ledger()
        .read()
        .sql("select aspect, state, reason from event where object_id = ? order by id")
        .param(Long.toString(activity.id()))
        .query((row, n) -> row.getString(1) + " " + row.getString(2) + ": " + row.getString(3))
        .list();
  }

  private void awaitEvent(SimulatedActivity activity, String beginning) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(events(activity))
                    .anySatisfy(event -> assertThat(event).startsWith(beginning)));
  }

  /** Waits until the list has been requested twice more. */
  private void awaitPolls() {
    long before = bed.strava().count("GET", LIST);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bed.strava().count("GET", LIST) >= before + 2);
  }

  @Test
  void whatIsNewIsFetchedAndWhatIsNotWantedCostsNothing() throws Exception {
    SimulatedActivity first = upload("first", Duration.ofHours(2));
    upload("old", Duration.ofDays(20));
    SimulatedActivity ride =
        bed.strava()
            .uploadSilently(
                SimulatedActivity.ride(ATHLETE).start(Instant.now().minusSeconds(9000)).build());
    start();

    awaitFiles(file(first));
    awaitEvent(ride, "create skipped: known already: Ride is not wanted");
    SimulatedActivity late = upload("late", Duration.ofDays(5));
    awaitFiles(file(first), file(late));

    awaitPolls();
    assertThat(bed.strava().count("GET", "/api/v3/activities/" + ride.id())).isZero();
    assertThat(bed.strava().count("GET", "/api/v3/activities/" + first.id())).isOne();
    assertThat(events(first)).hasSize(1);
    assertThat(events(ride)).hasSize(1);
  }

  @Test
  void changesAreFollowed() {
    SimulatedActivity run = upload("run", Duration.ofHours(2));
    SimulatedActivity ride =
        bed.strava()
            .uploadSilently(
                SimulatedActivity.ride(ATHLETE)
                    .name("ride")
                    .start(Instant.now().minusSeconds(9000))
                    .build());
    start();
    awaitFiles(file(run));
    awaitEvent(ride, "create skipped");

    SimulatedActivity renamed = bed.strava().update(run.id(), one -> one.name("canal"));
    awaitFiles(file(renamed));
    bed.strava().update(ride.id(), one -> one.sportType("TrailRun"));
    awaitFiles(file(renamed), file(ride));
    bed.strava().update(run.id(), one -> one.sportType("TrailRun").visibility(Visibility.ONLY_ME));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        bed.service()
                            .ledger()
                            .read()
                            .sql("select sport_type, private from activity where id = ?")
                            .param(Long.toString(run.id()))
                            .query((row, n) -> row.getString(1) + " " + row.getInt(2))
                            .single())
                    .isEqualTo("TrailRun 1"));
    int before = events(run).size();
    awaitPolls();
    assertThat(events(run)).as("told once").hasSize(before);
  }

  @Test
  void aDeletionIsConfirmedBeforeAnythingIsRemoved() throws Exception {
    bed.set("on-delete", "trash");
    SimulatedActivity gone = upload("gone", Duration.ofHours(2));
    SimulatedActivity stays = upload("stays", Duration.ofHours(3));
    start();
    awaitFiles(file(gone), file(stays));

    bed.strava().delete(gone.id());
    awaitFiles("trash/" + file(gone), file(stays));

    bed.strava().arm(FaultRule.on(LIST, Fault.status(200, "[]")).onlyTimes(2));
    awaitEvent(stays, "delete skipped: not confirmed");
    awaitPolls();
    assertThat(bed.files()).contains(file(stays));
    assertThat(events(stays)).as("asked once").hasSize(2);
  }

  @Test
  void manyDeletionsWaitForSomebodyToLook() throws Exception {
    bed.set("on-delete", "purge").set("removal.brake", "2");
    List<SimulatedActivity> runs =
        List.of(
            upload("a", Duration.ofHours(2)),
            upload("b", Duration.ofHours(3)),
            upload("c", Duration.ofHours(4)),
            upload("d", Duration.ofHours(5)));
    start();
    awaitFiles(runs.stream().map(PollingIT::file).toArray(String[]::new));

    runs.subList(0, 3).forEach(run -> bed.strava().delete(run.id()));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(runs.subList(0, 3).stream().flatMap(run -> events(run).stream()))
                    .anySatisfy(
                        event -> assertThat(event).startsWith("delete pending: more than 2")));
    await().untilAsserted(() -> assertThat(bed.files()).hasSize(2).contains(file(runs.get(3))));
  }

  @Test
  void withTheSmallerScopeAHiddenActivityIsGoneAndComesBack() throws Exception {
    bed.set("strava.scope", "read,activity:read").set("on-delete", "trash");
    var tokens = bed.strava().connect(ATHLETE, "read,activity:read");
    bed.set("strava.access-token", tokens.accessToken());
    bed.set("strava.refresh-token", tokens.refreshToken());
    SimulatedActivity run = upload("run", Duration.ofHours(2));
    SimulatedActivity hidden = upload("hidden", Duration.ofHours(4));
    bed.strava().update(hidden.id(), one -> one.visibility(Visibility.ONLY_ME));
    bed.start();
    awaitFiles(file(run));
    assertThat(events(hidden)).isEmpty();

    bed.strava().update(run.id(), one -> one.visibility(Visibility.ONLY_ME));
    awaitEvent(run, "delete done: deleted at Strava");
    awaitFiles("trash/" + file(run));

    bed.strava().update(run.id(), one -> one.visibility(Visibility.EVERYONE));
    awaitFiles("trash/" + file(run), file(run));
  }

  @Test
  void anOutageIsMadeUpFor() {
    start();
    awaitPolls();
    var fault = bed.strava().arm(FaultRule.on(LIST, Fault.status(503)).onlyTimes(1));
    SimulatedActivity run = upload("run", Duration.ofHours(2));
    await().atMost(Duration.ofSeconds(20)).until(() -> fault.hits() == 1);
    bed.service()
        .ledger()
        .write(jdbc -> jdbc.sql("update poll set retry_at = 1 where trouble is not null").update());

    awaitFiles(file(run));
  }
}
