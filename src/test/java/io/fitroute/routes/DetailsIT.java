package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Obtaining an activity's details when Strava is not ready, fails, or returns nonsense. */
class DetailsIT {

  private static final String NOT_THERE =
      "Strava does not have it, or does not show it to this athlete";

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("strava.timeout", "1s").start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @AfterEach
  void disarm() {
    pipeline.strava().disarmFaults();
  }

  private static SimulatedActivity run() {
    return pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
  }

  private static void arm(SimulatedActivity activity, Fault fault, int times) {
    pipeline
        .strava()
        .arm(FaultRule.on("/api/v3/activities/" + activity.id(), fault).onlyTimes(times));
  }

  // not ready

  static Stream<Arguments> signsOfNotBeingReady() {
    return Stream.of(
        Arguments.of("404", Fault.notFound()),
        Arguments.of("404 without errors", Fault.status(404, "{\"errors\":[]}")),
        Arguments.of("404 without a body", Fault.status(404)),
        Arguments.of("200 without a body", Fault.status(200)),
        Arguments.of("204", Fault.status(204)),
        Arguments.of("{}", Fault.status(200, "{}")),
        Arguments.of("[]", Fault.status(200, "[]")),
        Arguments.of("null", Fault.status(200, "null")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signsOfNotBeingReady")
  void whatIsNotReadyIsAskedForAgainUntilItIs(String sign, Fault fault) {
    SimulatedActivity run = run();
    arm(run, fault, 2);

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.notReady()).isEqualTo(2);
    assertThat(end.failures()).isZero();
    assertThat(pipeline.detailsRequests(run.id())).isEqualTo(3);
  }

  @Test
  void whatNeverBecomesReadyIsGivenUpAfterTheLadder() {
    pipeline.create(815);

    EventRecord end = pipeline.end(815);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).isEqualTo("not ready after 4 attempts: " + NOT_THERE);
    assertThat(pipeline.detailsRequests(815)).isEqualTo(4);
  }

  @Test
  void aRequestByHandForAnUnknownActivityEndsAtOnce() {
    pipeline.request(816);

    EventRecord end = pipeline.end(816);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).isEqualTo(NOT_THERE);
    assertThat(pipeline.detailsRequests(816)).isOne();
  }

  // failures

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of("500", Fault.status(500), "Strava answered 500"),
        Arguments.of("a page", Fault.htmlPage(), "Strava's response is not JSON"),
        Arguments.of("503", Fault.status(503), "Strava answered 503"),
        Arguments.of("302", Fault.loginRedirect(), "Strava answered 302"),
        Arguments.of("dropped", new Fault.Drop(), "the connection failed: Connection reset"),
        Arguments.of("cut", new Fault.CutBody(40), "the connection failed: Premature end"),
        Arguments.of("too long", new Fault.WrongLength(7), "Premature end"),
        Arguments.of("no JSON", Fault.status(200, "no JSON at all"), "is not JSON"),
        Arguments.of("a number", Fault.status(200, "17"), "has no usable id"),
        Arguments.of("no id", Fault.status(200, "{\"name\":\"x\"}"), "has no usable id"),
        Arguments.of(
            "deep", Fault.status(200, "[".repeat(100_000)), "contains more than an activity can"),
        Arguments.of("large", Fault.status(200, " ".repeat(33 << 20)), "is larger than"),
        Arguments.of(
            "another activity",
            Fault.status(200, "{\"id\":1,\"start_date\":\"2026-11-20T06:02:11Z\"}"),
            "has no usable id: it is of another activity"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void aTroubleIsTriedAgainUntilItPasses(String trouble, Fault fault, String said) {
    SimulatedActivity run = run();
    arm(run, fault, 2);

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isEqualTo(2);
    assertThat(end.notReady()).isZero();
    assertThat(pipeline.detailsRequests(run.id())).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void aTroubleThatDoesNotPassEndsWithItsReason(String trouble, Fault fault, String said)
      throws Exception {
    SimulatedActivity run = run();
    arm(run, fault, Integer.MAX_VALUE);

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).startsWith("gave up after 4 failed attempts: ").contains(said);
    assertThat(end.reason()).hasSizeLessThan(300).doesNotContain("Exception");
    assertThat(pipeline.detailsRequests(run.id())).isEqualTo(4);
    assertThat(pipeline.bed().files()).doesNotContain(Pipeline.defaultPath(run));
  }

  @Test
  void whatStravaForbidsIsNotAskedForAgain() {
    SimulatedActivity run = run();
    String fault =
        "{\"errors\":[{\"resource\":\"Activity\",\"field\":\"id\",\"code\":\"forbidden\"}]}";
    arm(run, Fault.status(403, fault), Integer.MAX_VALUE);

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).startsWith("Strava forbids it:");
    assertThat(pipeline.detailsRequests(run.id())).isOne();
  }

  @Test
  void anActivityThatStravaCannotShowIsGivenUpSooner() {
    SimulatedActivity run = run();
    arm(run, Fault.permanentError(), Integer.MAX_VALUE);

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).isEqualTo("Strava cannot provide it: it answers 500 repeatedly");
    assertThat(pipeline.detailsRequests(run.id())).isEqualTo(3);
  }

  @Test
  void anAnswerLongerThanAnnouncedIsAskedForAgain() {
    SimulatedActivity run = run();
    arm(run, new Fault.WrongLength(-7), 1);

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.eventLog(run.id())).anyMatch(step -> step.endsWith("response is not JSON"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":%d}",
        "{\"id\":%d,\"start_date\":null}",
        "{\"id\":%d,\"start_date\":\"yesterday\"}",
        "{\"id\":%d,\"start_date\":[]}"
      })
  void detailsWithoutATimeAreOfNoUse(String details) {
    SimulatedActivity run = run();
    arm(run, Fault.status(200, details.formatted(run.id())), Integer.MAX_VALUE);

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).reason())
        .isEqualTo("gave up after 4 failed attempts: Strava's response has no usable start_date");
  }

  @Test
  void littleIsNeededOfTheDetails() throws Exception {
    SimulatedActivity run = run();
    String details =
        "{\"id\":\"%d\",\"type\":\"Run\",\"start_date\":\"2026-12-31T20:00:00+00:00\","
            + "\"utc_offset\":19800.0}";
    arm(run, Fault.status(200, details.formatted(run.id())), 1);

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).reason())
        .isEqualTo("delivered from original: file:2027/01/" + run.id() + ".fit");
  }

  @Test
  void whoeverIsTooSlowIsAskedAgain() {
    SimulatedActivity run = run();
    arm(run, new Fault.Delay(Duration.ofSeconds(3)), 1);

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.eventLog(run.id()))
        .anyMatch(step -> step.contains(": no answer in time: "));
  }

  @Test
  void aFailedExportDoesNotAskForTheDetailsAgain() {
    SimulatedActivity run = run();
    pipeline
        .strava()
        .arm(
            FaultRule.on("/activities/" + run.id() + "/export_original", Fault.status(500))
                .onlyTimes(2));

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isEqualTo(2);
    assertThat(pipeline.detailsRequests(run.id())).isOne();
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(3);
  }

  @Test
  void answersThatWereNotReadToTheirEndHoldNoConnections() {
    String longerThanAnyFault = " ".repeat(100_000);
    pipeline.strava().arm("/api/v3/activities/*", Fault.status(500, longerThanAnyFault));
    for (long id = 9000; id < 9010; id++) {
      pipeline.create(id);
    }
    for (long id = 9000; id < 9010; id++) {
      assertThat(pipeline.end(id).state()).isEqualTo(EventState.DEAD);
    }
    pipeline.strava().disarmFaults();
    SimulatedActivity run = run();

    pipeline.create(run.id());

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
  }
}
