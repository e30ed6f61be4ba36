package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.RateLimit;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exhausted API budget and an inactive application. */
class BudgetIT {

  private static final Duration QUARTER = Duration.ofMinutes(15);

  @TempDir Path folder;

  private Pipeline limited(RateLimit limit) {
    FakeStravaOptions options =
        FakeStravaOptions.builder().overallLimit(limit).readLimit(limit).build();
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder, options));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    return pipeline;
  }

  @Test
  void whenTheQuarterHourIsUsedUpEverythingWaitsForTheNextOne() {
    try (Pipeline pipeline = limited(new RateLimit(5, 100)).start()) {
      pipeline.strava().useUpRequests(5);
      pipeline.strava().clearRequests();
      Instant before = Instant.now();

      EventRecord first = pipeline.waiting(run(pipeline));
      EventRecord second = pipeline.waiting(run(pipeline));

      Instant end = first.due().orElseThrow();
      assertThat(end).isIn(nextQuarter(before), nextQuarter(Instant.now()));
      assertThat(first.reason()).isEqualTo("the API budget is used up until " + end);
      assertThat(second.due()).hasValue(end);
      assertThat(first.failures() + first.notReady()).isZero();
      assertThat(second.failures() + second.notReady()).isZero();
      assertThat(pipeline.apiRequests()).isOne();
    }
  }

  @Test
  void thePauseOutlivesTheProcess() {
    try (Pipeline pipeline = limited(new RateLimit(5, 100)).start()) {
      pipeline.strava().useUpRequests(5);
      pipeline.waiting(run(pipeline));
      pipeline.restart();
      pipeline.strava().clearRequests();

      pipeline.waiting(run(pipeline));

      assertThat(pipeline.apiRequests()).isZero();
    }
  }

  @Test
  void whenTheDayIsUsedUpEverythingWaitsForMidnightUtc() {
    try (Pipeline pipeline = limited(new RateLimit(50, 5)).start()) {
      pipeline.strava().useUpRequests(5);
      Instant before = Instant.now();

      EventRecord waiting = pipeline.waiting(run(pipeline));

      assertThat(waiting.due()).get().isIn(nextMidnight(before), nextMidnight(Instant.now()));
    }
  }

  @Test
  void aRefusalWithoutAnyHeaderIsUnderstoodByWhatWasSaidBefore() {
    try (Pipeline pipeline = limited(new RateLimit(50, 5)).start()) {
      pipeline.strava().useUpRequests(3);
      pipeline.end(run(pipeline));
      pipeline.strava().arm("/api/v3/activities/*", Fault.rateLimited());
      Instant before = Instant.now();

      EventRecord waiting = pipeline.waiting(run(pipeline));

      assertThat(waiting.due()).get().isIn(nextMidnight(before), nextMidnight(Instant.now()));
    }
  }

  @Test
  void aRefusalThatIsCutOnItsWayCountsAllTheSame() {
    try (Pipeline pipeline = limited(new RateLimit(5, 100)).start()) {
      pipeline.strava().useUpRequests(5);
      pipeline.strava().arm("/api/v3/activities/*", new Fault.CutBody(10));
      pipeline.strava().clearRequests();

      EventRecord waiting = pipeline.waiting(run(pipeline));

      assertThat(waiting.reason()).startsWith("the API budget is used up until ");
      assertThat(pipeline.apiRequests()).isOne();
    }
  }

  @Test
  void aRefusalThatIsHeardWhileAnotherOnesTokensAreRenewedCountsForThatOneToo() {
    long bob = 5566778;
    try (Pipeline pipeline = limited(new RateLimit(5, 100)).start()) {
      pipeline.connect(bob);
      pipeline
          .bed()
          .service()
          .ledger()
          .write(
              jdbc ->
                  jdbc.sql("update athlete set expires_at = 0 where id = ?")
                      .param(Long.toString(bob))
                      .update());
      pipeline.strava().arm("/oauth/token", new Fault.Delay(Duration.ofSeconds(3)));
      pipeline.strava().useUpRequests(5);
      long ofBob = pipeline.strava().uploadSilently(SimulatedActivity.run(bob).build()).id();
      pipeline.strava().deliver(WebhookEvent.created(ofBob, bob, Pipeline.eventTime()));
      await().until(() -> pipeline.strava().count("POST", "/oauth/token") == 1);

      pipeline.waiting(run(pipeline));

      assertThat(pipeline.waiting(ofBob).reason()).startsWith("the API budget is used up until ");
      assertThat(pipeline.detailsRequests(ofBob)).isZero();
    }
  }

  @Test
  void whatWaitedGoesOnWhenTheWindowHasEnded() {
    try (Pipeline pipeline = limited(new RateLimit(5, 100)).start()) {
      pipeline.strava().useUpRequests(5);
      long run = run(pipeline);
      pipeline.waiting(run);

      pipeline.strava().resetRateLimits();
      pipeline.forgetPauses();
      pipeline.request(run);

      assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
    }
  }

  @Test
  void anInactiveApplicationParksEventsAndSaysWhy() {
    try (Pipeline pipeline = limited(new RateLimit(50, 100)).start()) {
      pipeline.strava().setApplicationActive(false);
      Instant before = Instant.now();

      EventRecord waiting = pipeline.waiting(run(pipeline));

      assertThat(waiting.reason()).startsWith("Strava says that the API application is inactive");
      assertThat(waiting.failures()).isZero();
      assertThat(waiting.due().orElseThrow())
          .isBetween(before.plus(Duration.ofMinutes(59)), before.plus(Duration.ofMinutes(61)));
    }
  }

  @Test
  void usageIsKnownFromHeadersAndCountedWhereTheyAreOddOrMissing() {
    try (Pipeline pipeline = limited(new RateLimit(50, 100)).start()) {
      pipeline.end(run(pipeline));
      Map<String, Object> known = read(pipeline);
      Map<String, String> odd =
          Map.of(
              "X-RateLimit-Limit", ",", "X-RateLimit-Usage", "a,b", "X-ReadRateLimit-Usage", "1");
      pipeline
          .strava()
          .arm("/api/v3/activities/*", new Fault.Answer(404, "application/json", odd, new byte[0]));

      pipeline.end(run(pipeline));

      assertThat(known).containsEntry("day_limit", 100).containsEntry("day_usage", 2);
      assertThat(read(pipeline)).containsEntry("day_limit", 100).containsEntry("day_usage", 6);
    }
  }

  @Test
  void limitsOfZeroStopNothing() {
    try (Pipeline pipeline = limited(new RateLimit(50, 100)).start()) {
      Map<String, String> zero = Map.of("X-RateLimit-Limit", "0,0", "X-ReadRateLimit-Limit", "0,0");
      pipeline.strava().arm("/api/v3/**", new Fault.Headers(zero));

      assertThat(pipeline.end(run(pipeline)).state()).isEqualTo(EventState.DONE);
      assertThat(pipeline.end(run(pipeline)).state()).isEqualTo(EventState.DONE);
    }
  }

  private static Map<String, Object> read(Pipeline pipeline) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql(
            "select day_limit, day_usage, short_limit, short_usage from budget where family = 'read'")
        .query()
        .singleRow();
  }

  private static long run(Pipeline pipeline) {
    return pipeline.upload(SimulatedActivity.run(ANN)).id();
  }

  private static Instant nextMidnight(Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  private static Instant nextQuarter(Instant now) {
    long quarters = now.getEpochSecond() / QUARTER.toSeconds();
    return Instant.ofEpochSecond((quarters + 1) * QUARTER.toSeconds());
  }
}
