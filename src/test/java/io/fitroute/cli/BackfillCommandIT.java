package io.fitroute.cli;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.fit.FitCheck;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.RateLimit;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfills: nothing twice, nothing missed, and never at the expense of live events. */
class BackfillCommandIT {

  private static final Instant LAST = Instant.parse("2026-11-01T07:00:00Z");
  private static final String LIST = "/api/v3/athlete/activities";

  @TempDir private Path folder;

  private static SimulatedActivity.Builder run(int daysBefore) {
    return SimulatedActivity.run(ATHLETE)
        .distance(600)
        .movingTime(Duration.ofMinutes(3))
        .start(LAST.minus(Duration.ofDays(daysBefore)));
  }

  private static List<SimulatedActivity> runs(TestBed bed, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bed.strava().uploadSilently(run(i).build()))
        .toList();
  }

  private Run backfill(TestBed bed, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("backfill"), Arrays.stream(options)).toArray(String[]::new);
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private static JsonNode report(Run run) throws Exception {
    assertThat(run.out()).as(run.err()).startsWith("{");
    return new ObjectMapper().readTree(run.out());
  }

  private static long requests(TestBed bed) {
    return bed.strava().count("GET", LIST) + bed.strava().count("GET", "/api/v3/activities/**");
  }

  @Test
  void thePastIsFetchedOnceAndWhatIsKnownCostsNothing() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      runs(bed, 7);
      bed.strava().uploadSilently(SimulatedActivity.ride(ATHLETE).start(LAST).build());
      bed.strava().uploadSilently(run(40).manual(true).build());

      Run dry = backfill(bed, "--dry-run");
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(dry.out())
          .contains(
              "9 listed, 0 known already, 7 new, 1 left out: Ride, 1 left out: entered by hand")
          .contains("7 runs at 2 requests each: finished ")
          .contains("bulk export");
      assertThat(bed.files()).isEmpty();
      bed.strava().clearRequests();

      Run run = backfill(bed, "--page-size", "4", "--json");

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode line = report(run).path("athletes").get(0);
      assertThat(line.path("fresh").asInt()).isEqualTo(7);
      assertThat(line.path("delivered").asInt()).isEqualTo(7);
      assertThat(line.path("pending").asInt()).isZero();
      assertThat(bed.files()).hasSize(7);
      assertThat(new FitCheck().check(bed.downloads().resolve(bed.files().get(0))).laps())
          .isPositive();
      long lists = bed.strava().count("GET", LIST);
      assertThat(requests(bed) - lists).as("details and streams").isEqualTo(14);
      bed.strava().clearRequests();

      assertThat(backfill(bed).out())
          .contains("9 listed, 7 known already, 0 new, 1 left out: Ride, 1 left out: entered");
      assertThat(requests(bed)).as("the list, and that it ends").isLessThanOrEqualTo(3);
    }
  }

  @Test
  void withoutLapsThereIsOneRequestEach() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      runs(bed, 3);

      assertThat(backfill(bed, "--no-laps").exitCode()).isZero();

      assertThat(bed.files()).hasSize(3);
      assertThat(requests(bed) - bed.strava().count("GET", LIST)).isEqualTo(3);
      assertThat(new FitCheck().check(bed.downloads().resolve(bed.files().get(0))).laps()).isOne();
    }
  }

  @Test
  void originalsTakeNoRequestBesideTheList() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));
      runs(bed, 3);

      assertThat(backfill(bed).exitCode()).isZero();

      assertThat(bed.files()).hasSize(3);
      assertThat(requests(bed)).isEqualTo(bed.strava().count("GET", LIST));
    }
  }

  @Test
  void onlyWhatWasAskedForIsTaken() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      runs(bed, 6);
      bed.strava().uploadSilently(run(2).sportType("TrailRun").build());

      Run trail = backfill(bed, "--sport", "TrailRun", "--json");
      assertThat(report(trail).path("athletes").get(0).path("delivered").asInt()).isOne();
      Run days = backfill(bed, "--after", "2026-10-29", "--before", "2026-10-31", "--json");
      assertThat(report(days).path("athletes").get(0).path("listed").asInt()).isEqualTo(3);
      Run page = backfill(bed, "--max-page", "1", "--page-size", "1", "--json");
      assertThat(report(page).path("athletes").get(0).path("listed").asInt()).isOne();
      Run future = backfill(bed, "--before", "2999-01-01", "--dry-run", "--json");
      assertThat(report(future).path("athletes").get(0).path("listed").asInt()).isEqualTo(7);
      assertThat(backfill(bed, "--sport", "Ride").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(backfill(bed, "--athlete", "17").err()).contains("athlete 17 is not connected");
      assertThat(backfill(bed, "--after", "2026-01-02", "--before", "2026-01-02").exitCode())
          .isEqualTo(ExitCode.WRONG_USAGE);
    }
  }

  @Test
  void theReserveIsForWhatHappensNow() throws Exception {
    FakeStravaOptions limited =
        FakeStravaOptions.builder()
            .overallLimit(new RateLimit(40, 400))
            .readLimit(new RateLimit(20, 200))
            .deliverySpacing(Duration.ofMillis(100))
            .build();
    try (TestBed bed = TestBed.prepare(folder, limited).connect()) {
      runs(bed, 30);
      bed.strava().uploadSilently(run(100).build());
      bed.start();
      bed.subscribe();
      await().until(() -> !bed.service().athletes().all().isEmpty());

      Run detached = backfill(bed, "--detach", "--no-laps", "--json");
      assertThat(detached.exitCode()).isZero();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(waiting(bed)).isGreaterThan(10));

      assertThat(bed.strava().requests().stream().filter(one -> one.status() == 429)).isEmpty();
      JsonNode report = report(backfill(bed, "--detach", "--no-laps", "--json"));
      assertThat(report.path("next").asText()).startsWith("continues at ");
      assertThat(Instant.parse(report.path("finished_at").asText())).isAfter(Instant.now());
      assertThat(report.path("athletes").get(0).path("listed").asInt())
          .as("the same batch")
          .isEqualTo(31);
      SimulatedActivity live = bed.strava().upload(run(0).start(Instant.now()).build());
      await().until(() -> bed.files().stream().anyMatch(f -> f.contains("" + live.id())));
    }
  }

  private static long waiting(TestBed bed) {
    return bed.service()
        .ledger()
        .read()
        .sql("select count(*) from event where origin = 'backfill' and reason like '%budget%'")
        .query(Long.class)
        .single();
  }

  @Test
  void oneThatFailsEndsNothingAndIsTriedAgain() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect().set("retry.failing", "10ms")) {
      List<SimulatedActivity> all = runs(bed, 4);
      String broken = "/api/v3/activities/" + all.get(1).id() + "/streams";
      bed.strava().arm(broken, Fault.status(500));

      Run first = backfill(bed, "--json");
      assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
      JsonNode line = report(first).path("athletes").get(0);
      assertThat(line.path("delivered").asInt()).isEqualTo(3);
      assertThat(line.path("failed").asInt()).isOne();
      bed.strava().disarmFaults();

      assertThat(backfill(bed).out()).contains("3 known already, 1 new", "1 delivered");
      assertThat(bed.files()).hasSize(4);
    }
  }

  @Test
  void aListThatCannotBeReadIsSaidToBe() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect().set("retry.failing", "10ms")) {
      bed.strava().arm(LIST, Fault.status(500));

      Run run = backfill(bed);

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).contains("the list was not read to its end: gave up");
    }
  }

  @Test
  void theNewestComeFirstAndAStopLosesNothing() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      List<SimulatedActivity> all = runs(bed, 12);
      bed.set("inbox.workers", "1").start();
      await().until(() -> !bed.service().athletes().all().isEmpty());
      backfill(bed, "--detach", "--page-size", "5");
      await().until(() -> bed.files().size() >= 3);
      bed.stop();
      assertThat(bed.files()).anyMatch(file -> file.contains("" + all.get(0).id()));

      Run resumed = backfill(bed, "--page-size", "5", "--json");

      assertThat(report(resumed).path("athletes").get(0).path("delivered").asInt()).isEqualTo(12);
      assertThat(bed.files()).hasSize(12);
      assertThat(
              bed.strava().requests().stream()
                  .filter(one -> one.path().endsWith("/streams"))
                  .findFirst()
                  .map(RecordedRequest::path))
          .contains("/api/v3/activities/" + all.get(0).id() + "/streams");
    }
  }
}
