package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.strava.api.Athletes.Athlete;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenStore.StoredTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeping an athlete's tokens valid, and what happens when they no longer are. */
class TokensIT {

  private static final String DETAILS = "/api/v3/activities/*";

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("inbox.workers", "8").start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @BeforeEach
  void connectAgain() {
    pipeline.strava().disarmFaults();
    pipeline.strava().connect(ANN);
    setEnd(Instant.now().plus(Duration.ofHours(6)));
    pipeline.idle();
    pipeline.strava().clearRequests();
  }

  private long run() {
    return pipeline.upload(SimulatedActivity.run(ANN)).id();
  }

  private Athlete ann() {
    return pipeline.bed().service().athletes().find(Long.toString(ANN)).orElseThrow();
  }

  private StoredTokens tokens() {
    return pipeline.bed().service().tokenStore().find(Long.toString(ANN)).orElseThrow();
  }

  private long refreshes() {
    return pipeline.strava().count("POST", "/oauth/token");
  }

  /** Stores the athlete's current tokens with a wrong expiry. */
  private void setEnd(Instant end) {
    AthleteTokens tokens = pipeline.strava().tokensOf(ANN).orElseThrow();
    pipeline
        .bed()
        .service()
        .tokenStore()
        .connect(
            Long.toString(ANN),
            "Ann",
            new TokenGrant(tokens.accessToken(), tokens.refreshToken(), end, Optional.empty()));
  }

  @Test
  void tokensAreKeptWhereOnlyTheirOwnerMayLook() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      List<Path> database =
          files.filter(file -> file.getFileName().toString().startsWith("fitroute.db")).toList();

      assertThat(database).isNotEmpty();
      for (Path file : database) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
        .isEqualTo("rwx------");
  }

  @Test
  void aTokenThatEndsSoonIsRefreshedBeforeItIsUsed() {
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now().plus(Duration.ofMinutes(5)));

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    assertThat(refreshes()).isOne();
    assertThat(pipeline.strava().requests()).noneMatch(request -> request.status() == 401);
    assertThat(tokens().accessToken())
        .isEqualTo(pipeline.strava().tokensOf(ANN).orElseThrow().accessToken());
    assertThat(ann().expiresAt()).isAfter(Instant.now().plus(Duration.ofHours(5)));
  }

  @Test
  void aTokenThatIsGoodForLongIsNotRefreshed() {
    setEnd(Instant.now().plus(Duration.ofMinutes(20)));

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    assertThat(refreshes()).isZero();
  }

  @Test
  void aTokenThatIsRefusedIsRefreshedAndTheRequestRepeatedAtOnce() {
    pipeline.strava().expireAccessToken(ANN);
    long run = run();

    EventRecord end = pipeline.end(run);

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isZero();
    assertThat(refreshes()).isOne();
    assertThat(pipeline.detailsRequests(run)).isEqualTo(2);
  }

  @Test
  void eightEventsAtOnceMakeOneRefresh() {
    pipeline.strava().expireAccessToken(ANN);
    pipeline.strava().arm("/oauth/token", new Fault.Delay(Duration.ofMillis(100)));
    List<Long> runs = Stream.generate(this::run).limit(8).toList();

    assertThat(runs)
        .allSatisfy(run -> assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE));

    assertThat(refreshes()).isOne();
  }

  @Test
  void eightEventsAtOnceMakeOneRefreshAheadOfTheEndToo() {
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now());
    pipeline.strava().arm("/oauth/token", new Fault.Delay(Duration.ofMillis(100)));
    List<Long> runs = Stream.generate(this::run).limit(8).toList();

    assertThat(runs)
        .allSatisfy(run -> assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE));

    assertThat(refreshes()).isOne();
  }

  @Test
  void newTokensAreOnDiskBeforeTheyAreUsed() {
    AthleteTokens old = pipeline.strava().tokensOf(ANN).orElseThrow();
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now());
    pipeline.strava().arm(DETAILS, new Fault.Delay(Duration.ofMillis(300)));
    long run = run();

    await().pollInterval(Duration.ofMillis(5)).until(() -> pipeline.detailsRequests(run) == 1);

    AthleteTokens rotated = pipeline.strava().tokensOf(ANN).orElseThrow();
    assertThat(rotated.refreshToken()).isNotEqualTo(old.refreshToken());
    assertThat(tokens().refreshToken()).isEqualTo(rotated.refreshToken());
    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
  }

  @Test
  void rotatedTokensSurviveARestartAndTheGivenOnesDoNotComeBack() {
    pipeline.strava().expireAccessToken(ANN);
    pipeline.end(run());
    AthleteTokens rotated = pipeline.strava().tokensOf(ANN).orElseThrow();

    pipeline.restart();
    pipeline.strava().clearRequests();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);
    assertThat(tokens().refreshToken()).isEqualTo(rotated.refreshToken());
    assertThat(pipeline.strava().count("GET", "/api/v3/athlete")).isZero();
    assertThat(refreshes()).isZero();
  }

  @Test
  void aTroubleOfTheTokenServiceIsTriedAgain() {
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now());
    pipeline.strava().arm(FaultRule.on("/oauth/token", Fault.status(503)).onlyTimes(1));
    pipeline
        .strava()
        .arm(FaultRule.on("/oauth/token", Fault.status(200, "token=abc123")).onlyTimes(1));
    pipeline.strava().arm(FaultRule.on("/oauth/token", new Fault.Drop()).onlyTimes(1));
    long run = run();

    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);

    assertThat(waits(run))
        .containsExactly(
            "Strava's token service answered 503 (no reason given)",
            "the response of Strava's token service is not JSON",
            "the connection failed: Connection reset");
    assertThat(ann().mustReconnect()).isEmpty();
  }

  @Test
  void wrongCredentialsOfTheApplicationAreNamedAndDoNotHarmTheAthlete() {
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now());
    String wrong =
        "{\"message\":\"Bad Request\",\"errors\":"
            + "[{\"resource\":\"Application\",\"field\":\"client_secret\",\"code\":\"invalid\"}]}";
    pipeline.strava().arm("/oauth/token", Fault.status(400, wrong));

    EventRecord end = pipeline.end(run());

    assertThat(end.reason()).endsWith("Strava refuses the application: check strava.client-secret");
    assertThat(ann().mustReconnect()).isEmpty();
  }

  private List<String> waits(long activityId) {
    return pipeline.eventLog(activityId).stream()
        .filter(step -> step.startsWith("waits until "))
        .map(step -> step.replaceFirst("waits until [^ ]+: ", ""))
        .toList();
  }

  // must reconnect

  @Test
  void aRefusedRefreshParksTheAthletesEventsWithoutFurtherRequests() throws Exception {
    pipeline.endTokens();
    Instant before = Instant.now();

    EventRecord first = pipeline.waiting(run());
    pipeline.strava().clearRequests();
    EventRecord second = pipeline.waiting(run());

    String reason =
        "athlete " + ANN + " must reconnect: Strava no longer accepts the refresh token";
    assertThat(first.reason()).isEqualTo(reason);
    assertThat(second.reason()).isEqualTo(reason);
    assertThat(first.failures()).isZero();
    assertThat(first.due().orElseThrow()).isAfter(before.plus(Duration.ofMinutes(59)));
    assertThat(pipeline.strava().requests()).isEmpty();
    assertThat(pipeline.bed().get("/health").body())
        .contains("1 athlete must reconnect: Strava no longer accepts the refresh token")
        .doesNotContain("Ann");
  }

  @Test
  void connectingAgainResumesWhatWaits() throws Exception {
    pipeline.endTokens();
    long first = run();
    long second = run();
    pipeline.waiting(first);
    pipeline.waiting(second);

    pipeline.strava().connect(ANN);
    setEnd(Instant.now().plus(Duration.ofHours(6)));

    assertThat(pipeline.end(first).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.end(second).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.bed().get("/health").body()).doesNotContain("reconnect");
  }

  @Test
  void aScopeThatIsTooNarrowParksTooAndNoRefreshIsTried() throws Exception {
    pipeline.strava().connect(ANN, "read");
    setEnd(Instant.now().plus(Duration.ofHours(6)));
    long first = run();

    EventRecord waiting = pipeline.waiting(first);

    assertThat(waiting.reason())
        .isEqualTo(
            "athlete "
                + ANN
                + " must reconnect: the scope that was granted is too narrow (Authorization Error:"
                + " AccessToken activity:read_permission missing)");
    assertThat(refreshes()).isZero();
    assertThat(pipeline.detailsRequests(first)).isOne();
    assertThat(pipeline.bed().get("/health").body())
        .contains("1 athlete must reconnect: the scope that was granted is too narrow");
  }

  @Test
  void tokensThatAnotherProcessHasRenewedAreTakenOver() {
    AthleteTokens old = pipeline.strava().tokensOf(ANN).orElseThrow();
    pipeline.strava().expireAccessToken(ANN);
    setEnd(Instant.now());
    String refused =
        "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"RefreshToken\","
            + "\"field\":\"refresh_token\",\"code\":\"invalid\"}]}";
    pipeline.strava().arm(FaultRule.on("/oauth/token", new Fault.Delay(Duration.ofMillis(300))));
    pipeline.strava().arm(FaultRule.on("/oauth/token", Fault.status(400, refused)).onlyTimes(1));
    long run = run();
    await().until(() -> refreshes() == 1);
    AthleteTokens renewed = pipeline.strava().connect(ANN);
    assertThat(renewed.refreshToken()).isNotEqualTo(old.refreshToken());
    setEnd(Instant.now().plus(Duration.ofHours(6)));

    EventRecord end = pipeline.end(run);

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isZero();
    assertThat(ann().mustReconnect()).isEmpty();
  }

  @Test
  void twoAthletesDoNotMix() {
    long bob = 77;
    pipeline.connect(bob);
    pipeline.endTokens();
    long annsRun = run();
    SimulatedActivity bobsRun = pipeline.strava().upload(SimulatedActivity.run(bob).build());

    assertThat(pipeline.waiting(annsRun).reason()).contains("must reconnect");
    // the browser session is Ann's, so it is not used for Bob's original
    assertThat(pipeline.end(bobsRun.id()).reason()).startsWith("delivered from streams: ");
    assertThat(pipeline.detailsRequests(bobsRun.id())).isOne();
    assertThat(pipeline.bed().service().athletes().find(Long.toString(bob)).orElseThrow())
        .satisfies(athlete -> assertThat(athlete.mustReconnect()).isEmpty());
  }
}
