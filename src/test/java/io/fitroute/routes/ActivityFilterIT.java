package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events lead to a file, and how many API requests each costs. */
class ActivityFilterIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = Pipeline.withSession(folder);
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @BeforeEach
  void forgetRequests() {
    pipeline.strava().clearRequests();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Run", "TrailRun", "VirtualRun"})
  void aRunIsDeliveredForOneRequestOfTheApi(String sportType) throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN).sportType(sportType));

    EventRecord end = pipeline.end(run.id());

    String path = Pipeline.defaultPath(run);
    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.reason()).isEqualTo("delivered from original: file:" + path);
    assertThat(pipeline.bed().files()).contains(path);
    assertThat(pipeline.apiRequests()).isOne();
    assertThat(pipeline.exportRequests()).isOne();
  }

  @Test
  void aRideIsSkippedAfterOneLook() throws Exception {
    SimulatedActivity ride = pipeline.upload(SimulatedActivity.ride(ANN));

    EventRecord end = pipeline.end(ride.id());

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason())
        .isEqualTo("Ride is not wanted (strava.sport-types is Run,TrailRun,VirtualRun)");
    assertThat(pipeline.apiRequests()).isOne();
    assertThat(pipeline.exportRequests()).isZero();
    assertThat(pipeline.bed().files()).doesNotContain(Pipeline.defaultPath(ride));
  }

  @Test
  void aSportTypeThatNobodyKnowsYetIsSkippedAndNamed() {
    SimulatedActivity odd =
        pipeline.upload(SimulatedActivity.run(ANN).sportType("UnderwaterRugby"));

    assertThat(pipeline.end(odd.id()).reason()).startsWith("UnderwaterRugby is not wanted");
  }

  @Test
  void anEntryByHandIsSkippedWithItsReason() {
    SimulatedActivity entry = pipeline.upload(SimulatedActivity.manualRun(ANN));

    EventRecord end = pipeline.end(entry.id());

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("nothing to download: it was entered by hand");
    assertThat(pipeline.exportRequests()).isZero();
  }

  @Test
  void aDeletionIsSettledWithoutARequest() {
    pipeline.strava().deliver(WebhookEvent.deleted(4711, ANN, Pipeline.eventTime()));

    EventRecord end = pipeline.end(4711);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("deleted at Strava; no file of it had been delivered");
    assertThat(pipeline.apiRequests()).isZero();
  }

  @Test
  void anAthleteWhomNobodyConnectedIsSkippedWithoutARequest() {
    pipeline.strava().deliver(WebhookEvent.created(4712, 99, Pipeline.eventTime()));

    EventRecord end = pipeline.end(4712);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("athlete 99 is not connected");
    assertThat(pipeline.apiRequests()).isZero();
    assertThat(pipeline.exportRequests()).isZero();
  }

  @Test
  void aSecondCreateOfADeliveredRunCostsNothing() {
    SimulatedActivity run = delivered();

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id(), 2);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("already delivered: file:" + Pipeline.defaultPath(run));
    assertThat(pipeline.apiRequests()).isZero();
    assertThat(pipeline.exportRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "type", "private"})
  void anUpdateOfADeliveredRunCostsOneRequestAtMost(String what) {
    SimulatedActivity run = delivered();

    pipeline.update(run.id(), Map.of(what, "true"));

    assertThat(pipeline.end(run.id(), 2).state()).isEqualTo(EventState.SKIPPED);
    assertThat(pipeline.apiRequests()).isLessThanOrEqualTo(1);
    assertThat(pipeline.exportRequests()).isZero();
  }

  private static SimulatedActivity delivered() {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    pipeline.strava().clearRequests();
    return run;
  }

  @Test
  void anUpdateOfARunThatWasNeverSeenFetchesIt() throws Exception {
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());

    pipeline.update(run.id(), Map.of("title", "Canal"));

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.bed().files()).contains(Pipeline.defaultPath(run));
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "private"})
  void anUpdateThatCannotMakeAKnownRideARunCostsNothing(String what) {
    SimulatedActivity ride = pipeline.upload(SimulatedActivity.ride(ANN));
    pipeline.end(ride.id());
    pipeline.strava().clearRequests();

    pipeline.update(ride.id(), Map.of(what, "true"));
    EventRecord end = pipeline.end(ride.id(), 2);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("known already: Ride is not wanted");
    assertThat(pipeline.apiRequests()).isZero();
  }

  @Test
  void aRepeatedCreateOfAKnownManualEntryCostsNothing() {
    SimulatedActivity entry = pipeline.upload(SimulatedActivity.manualRun(ANN));
    pipeline.end(entry.id());
    pipeline.strava().clearRequests();

    pipeline.create(entry.id());

    assertThat(pipeline.end(entry.id(), 2).reason())
        .isEqualTo("known already: it was entered by hand");
    assertThat(pipeline.apiRequests()).isZero();
  }

  @Test
  void aRideThatBecameARunIsFetched() throws Exception {
    SimulatedActivity ride = pipeline.upload(SimulatedActivity.ride(ANN));
    pipeline.end(ride.id());
    pipeline.strava().uploadSilently(ride.toBuilder().sportType("TrailRun").build());

    pipeline.update(ride.id(), Map.of("type", "Run"));

    assertThat(pipeline.end(ride.id(), 2).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.bed().files()).contains(Pipeline.defaultPath(ride));
  }

  @Test
  void whoAsksForAKnownRideByHandHasItLookedAtAgain() {
    SimulatedActivity ride = pipeline.upload(SimulatedActivity.ride(ANN));
    pipeline.end(ride.id());

    pipeline.request(ride.id());

    assertThat(pipeline.end(ride.id(), 2).reason()).startsWith("Ride is not wanted (");
  }

  @Test
  void aRideIsTakenWhenAllSportTypesAreWanted(@TempDir Path elsewhere) throws Exception {
    try (Pipeline all = allSportTypes(elsewhere)) {
      SimulatedActivity ride = all.upload(SimulatedActivity.ride(ANN));
      SimulatedActivity odd = all.upload(SimulatedActivity.run(ANN).sportType("UnderwaterRugby"));

      assertThat(all.end(ride.id()).state()).isEqualTo(EventState.DONE);
      assertThat(all.end(odd.id()).state()).isEqualTo(EventState.DONE);
    }
  }

  private static Pipeline allSportTypes(Path folder) {
    Pipeline all = new Pipeline(io.fitroute.runtime.TestBed.prepare(folder));
    all.bed().connect();
    all.set("strava.session-cookie", all.strava().sessionCookie(ANN));
    return all.set("strava.sport-types", "*").start();
  }
}
