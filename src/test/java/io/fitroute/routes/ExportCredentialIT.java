package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.BearerExport;
import io.fitroute.simulator.CredentialKind;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requesting the original with the athlete's token, which Strava has not been seen to accept. */
class ExportCredentialIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  private static final AtomicLong ATHLETES = new AtomicLong(1000);

  /** A new athlete for each test, because knowledge about a token is kept by athlete. */
  private long athlete;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("fit.exports", "original");
    pipeline.set("export.credential-pause", "30m").start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @BeforeEach
  void connectSomebodyNew() {
    pipeline.strava().disarmFaults();
    pipeline.strava().setBearerExport(BearerExport.UNAUTHORIZED);
    pipeline.strava().clearRequests();
    athlete = ATHLETES.incrementAndGet();
    pipeline.connect(athlete);
  }

  private long run() {
    return run(athlete);
  }

  private static long run(long athlete) {
    return pipeline.strava().upload(SimulatedActivity.run(athlete).build()).id();
  }

  private static List<CredentialKind> credentials() {
    return pipeline.strava().requests().stream()
        .filter(request -> request.path().endsWith("/export_original"))
        .map(RecordedRequest::credential)
        .toList();
  }

  @Test
  void aTokenThatIsAcceptedIsEnough() {
    pipeline.strava().setBearerExport(BearerExport.ALLOWED);

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    assertThat(credentials()).containsExactly(CredentialKind.BEARER);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHORIZED", "LOGIN_REDIRECT", "LOGIN_PAGE"})
  void aTokenThatOpensNothingIsTriedOnceForAllRuns(BearerExport answer) {
    pipeline.strava().setBearerExport(answer);
    // long enough for the others to arrive
    pipeline.strava().arm("/activities/*/export_original", new Fault.Delay(Duration.ofMillis(200)));
    Instant before = Instant.now();
    List<Long> runs = Stream.generate(this::run).limit(5).toList();

    List<EventRecord> waiting = runs.stream().map(pipeline::waiting).toList();

    assertThat(waiting)
        .allSatisfy(
            event -> {
              assertThat(event.reason())
                  .startsWith("the access token cannot export originals: Strava's web site ");
              assertThat(event.failures() + event.notReady()).isZero();
              assertThat(event.due().orElseThrow())
                  .isBetween(before.plus(Duration.ofMinutes(29)), before.plusSeconds(1860));
            });
    assertThat(credentials()).containsExactly(CredentialKind.BEARER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/session/new", "/register/free"})
  void everyWayToTheLoginPageIsKnown(String location) {
    pipeline.strava().arm("/activities/*/export_original", FileStore.redirectTo(location));

    assertThat(pipeline.waiting(run()).reason())
        .isEqualTo(
            "the access token cannot export originals: Strava's web site redirected to the login page");
  }

  @Test
  void aPathThatOnlyLooksLikeALoginIsFollowed() {
    pipeline
        .strava()
        .arm("/activities/*/export_original", FileStore.redirectTo("/sessions-archive/7.fit"));

    assertThat(pipeline.end(run()).reason()).endsWith("Strava has no original of it");
  }

  @Test
  void aTokenThatOpensNoLongerIsNoticed() {
    pipeline.strava().setBearerExport(BearerExport.ALLOWED);
    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    pipeline.strava().setBearerExport(BearerExport.LOGIN_PAGE);
    pipeline.strava().clearRequests();
    pipeline.waiting(run());
    pipeline.waiting(run());

    assertThat(credentials()).hasSize(1);
  }

  @Test
  void afterThePauseItIsTriedAgain() {
    long run = run();
    pipeline.waiting(run);
    pipeline.strava().setBearerExport(BearerExport.ALLOWED);

    pipeline.forgetPauses();
    pipeline.bed().service().inbox().outcomes().replay(List.of(pipeline.events(run).get(0).id()));

    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.detailsRequests(run)).isOne();
  }

  @Test
  void whatIsKnownOfOneAthletesTokenSaysNothingOfAnothers() {
    pipeline.waiting(run());
    long another = ATHLETES.incrementAndGet();
    pipeline.connect(another);

    pipeline.waiting(run(another));

    assertThat(credentials()).hasSize(2);
  }

  @Test
  void tokensThatEndBetweenDetailsAndExportParkTheEvent() {
    pipeline.strava().arm("/api/v3/activities/*", new Fault.Delay(Duration.ofMillis(300)));
    long run = run();
    await().until(() -> pipeline.detailsRequests(run) == 1);
    pipeline.endTokens();
    pipeline
        .bed()
        .service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql("update athlete set expires_at = 0 where id = ?")
                    .param(Long.toString(athlete))
                    .update());

    EventRecord waiting = pipeline.waiting(run);

    assertThat(waiting.reason())
        .isEqualTo(
            "athlete " + athlete + " must reconnect: Strava no longer accepts the refresh token");
    assertThat(waiting.failures()).isZero();
  }
}
