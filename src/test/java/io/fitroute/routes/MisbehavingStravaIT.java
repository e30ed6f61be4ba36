package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.fit.FitSamples;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcomes of events while Strava or a proxy responds strangely. */
class MisbehavingStravaIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("strava.timeout", "3s").start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @AfterEach
  void tidyUp() {
    pipeline.strava().disarmFaults();
    pipeline.forgetPauses();
  }

  private static long run() {
    return pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build()).id();
  }

  private static void arm(String path, Fault fault, int times) {
    pipeline.strava().arm(FaultRule.on(path, fault).onlyTimes(times));
  }

  private static EventRecord endOf(long run) {
    pipeline.create(run);
    return pipeline.end(run);
  }

  private static Fault forbidden(String type, String body) {
    return new Fault.Answer(403, type, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  // refusals

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Sorry, you have been blocked</body></html>",
        "",
        "{\"message\":\"Forbidden\",\"errors\":[]}"
      })
  void aBlockPageThatPassesCostsNoActivity(String page) {
    long run = run();
    arm("/api/v3/activities/" + run + "/**", forbidden("text/html", page), 2);
    arm("/api/v3/activities/" + run, forbidden("text/html", page), 2);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isEqualTo(2);
    assertThat(pipeline.eventLog(run)).anyMatch(step -> step.contains("Strava forbids it: "));
  }

  @Test
  void anActivityThatStravaForbidsByNameIsGivenUpWithItsReason() {
    long run = run();
    String fault =
        "{\"message\":\"Forbidden\",\"errors\":"
            + "[{\"resource\":\"Activity\",\"field\":\"visibility\",\"code\":\"hidden\"}]}";
    arm("/api/v3/activities/" + run, Fault.status(403, fault), 1);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).isEqualTo("Strava forbids it: Forbidden: Activity visibility hidden");
  }

  @Test
  void aRateLimitThatIsToldAs403IsWaitedFor() {
    long run = run();
    String fault =
        "{\"message\":\"Rate Limit Exceeded\",\"errors\":"
            + "[{\"resource\":\"Application\",\"field\":\"rate limit\",\"code\":\"exceeded\"}]}";
    arm("/api/v3/activities/" + run, Fault.status(403, fault), 1);
    pipeline.create(run);

    EventRecord waiting = pipeline.waiting(run);

    assertThat(waiting.reason()).startsWith("the API budget is used up until ");
    assertThat(waiting.failures()).isZero();
  }

  // pages instead of originals

  @Test
  void onePageInsteadOfAFileSaysNothingOfTheSession() throws Exception {
    long odd = run();
    arm("/activities/" + odd + "/export_original", Fault.htmlPage(), Integer.MAX_VALUE);

    assertThat(endOf(odd).reason()).startsWith("delivered from streams");

    assertThat(endOf(run()).reason()).startsWith("delivered from original");
  }

  @Test
  void aSecondPageInARowDoes() {
    pipeline.strava().arm("/activities/*/export_original", Fault.htmlPage());
    endOf(run());
    endOf(run());
    pipeline.strava().disarmFaults();
    pipeline.strava().clearRequests();

    assertThat(endOf(run()).reason()).startsWith("delivered from streams");
    assertThat(pipeline.exportRequests()).isZero();
  }

  @Test
  void anOriginalWithBytesAfterItsLastChecksumIsKeptAsItIs() throws Exception {
    byte[] run = FitSamples.run(20);
    byte[] original = Arrays.copyOf(run, run.length + 4);
    SimulatedActivity activity =
        pipeline
            .strava()
            .uploadSilently(
                SimulatedActivity.run(ANN)
                    .originalFile(Files.write(folder.resolve("trailing.fit"), original))
                    .build());

    assertThat(endOf(activity.id()).reason()).startsWith("delivered from original");

    assertThat(pipeline.bed().downloads().resolve(Pipeline.defaultPath(activity)))
        .hasBinaryContent(original);
    assertThat(pipeline.eventLog(activity.id()))
        .contains("the original is kept as it is, with 4 bytes after its last checksum");
  }

  // responses that do not end

  @Test
  void answersThatOnlyDripHoldNobodyUp() {
    Duration second = Duration.ofSeconds(1);
    List<Long> runs = Stream.generate(MisbehavingStravaIT::run).limit(4).toList();
    arm("/api/v3/activities/" + runs.get(0), new Fault.Drip(0, second), 1);
    arm("/api/v3/activities/" + runs.get(1), new Fault.Drip(1000, second), 1);
    arm("/activities/" + runs.get(2) + "/export_original", new Fault.Drip(0, second), 1);
    arm("/activities/" + runs.get(3) + "/export_original", new Fault.Drip(2000, second), 1);

    runs.forEach(run -> pipeline.create(run));

    for (long run : runs) {
      EventRecord end = pipeline.end(run);
      assertThat(end.state()).isEqualTo(EventState.DONE);
      assertThat(end.failures()).isPositive();
      assertThat(pipeline.eventLog(run))
          .anyMatch(step -> step.contains("no answer in time: the answer was not complete after"));
    }
  }

  @Test
  void tokensThatOnlyDripAreAskedForAgain() {
    endToken();
    arm("/oauth/token", new Fault.Drip(100, Duration.ofSeconds(1)), 1);

    EventRecord end = endOf(run());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isOne();
  }

  @Test
  void tokensThatDoNotEndAreRefused() {
    endToken();
    byte[] endless = new byte[1 << 20];
    arm("/oauth/token", new Fault.Answer(200, "application/json", Map.of(), endless), 1);
    long run = run();

    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

    assertThat(pipeline.eventLog(run)).anyMatch(step -> step.contains("larger than 65536 bytes"));
  }

  private static void endToken() {
    pipeline
        .bed()
        .service()
        .ledger()
        .write(jdbc -> jdbc.sql("update athlete set expires_at = 0").update());
  }

  // impossible values

  @ParameterizedTest
  @ValueSource(longs = {99_999_999_999L, 1_795_176_000_000L, Long.MAX_VALUE})
  void tokensThatAreSaidToLiveForLongAreStoredAndRenewedAllTheSame(long expiresAt) {
    endToken();
    AthleteTokens tokens = pipeline.strava().tokensOf(ANN).orElseThrow();
    String grant =
        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_at\":%d}"
            .formatted(tokens.accessToken(), tokens.refreshToken(), expiresAt);
    arm("/oauth/token", Fault.status(200, grant), 1);

    assertThat(endOf(run()).state()).isEqualTo(EventState.DONE);

    assertThat(
            pipeline
                .bed()
                .service()
                .tokenStore()
                .find(Long.toString(ANN))
                .orElseThrow()
                .expiresAt())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(25)));
  }

  @Test
  void theActivityOfAnotherAthleteIsNotForThisOne() {
    long run = run();
    String details =
        "{\"id\":%d,\"athlete\":{\"id\":99},\"sport_type\":\"Run\",\"start_date\":\"2026-11-20T06:02:11Z\"}"
            .formatted(run);
    arm("/api/v3/activities/" + run, Fault.status(200, details), 1);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("Strava says that it belongs to athlete 99, not to " + ANN);
  }
}
