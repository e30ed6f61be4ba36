package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.FitRoute;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.HevyBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedWorkout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about workouts of Hevy. */
class HevyCommandsIT {

  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");
  private static final String BULK = "/api/v1/athlete/*/activities/manual/bulk";

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private HevyBed bed;

  @BeforeEach
  void prepare() {
    bed = HevyBed.prepare(folder);
  }

  @AfterEach
  void end() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.bed().environment(), folder), arguments);
  }

  private List<SimulatedWorkout> logged(int number) {
    List<SimulatedWorkout> all =
        IntStream.range(0, number)
            .mapToObj(day -> SimulatedWorkout.push(START.minus(Duration.ofDays(day))))
            .toList();
    all.forEach(bed.hevy()::logSilently);
    return all;
  }

  private List<String> externalIds() {
    return bed.intervals().activities().stream()
        .map(activity -> activity.path("external_id").asText())
        .toList();
  }

  @Test
  void thePastIsBroughtOnceAndAnotherRunCostsNothing() throws IOException {
    logged(24);
    bed.intervals().upsert(false);

    Run dry = run("backfill", "--source", "hevy", "--dry-run");
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out()).isEqualTo("would be: 24 created, 0 updated, 0 unchanged, 0 failed\n");
    assertThat(bed.intervals().requests()).isEmpty();

    Run part = run("backfill", "--source", "hevy", "--max-page", "2", "--page-size", "5", "--json");
    assertThat(json.readTree(part.out()).path("created").asInt()).as(part.err()).isEqualTo(10);
    Run all = run("backfill", "--source", "hevy");
    assertThat(all.out()).isEqualTo("14 created, 0 updated, 10 unchanged, 0 failed\n");
    assertThat(externalIds()).hasSize(24).doesNotHaveDuplicates().containsAll(bed.hevy().ids());
    assertThat(bed.intervals().count("POST", BULK)).isEqualTo(4);

    int before = bed.intervals().requests().size();
    Run again = run("backfill", "--source", "hevy");
    assertThat(again.out()).isEqualTo("0 created, 0 updated, 24 unchanged, 0 failed\n");
    assertThat(bed.intervals().requests()).hasSize(before);
    assertThat(bed.intervals().refusedForHaste()).isZero();
  }

  @Test
  void faultsAreWaitedOutAndWhatIsRefusedKeepsNothingElseBack() throws IOException {
    List<SimulatedWorkout> all = logged(12);
    bed.hevy().edit(all.get(3).with("start_time", "some day"));
    bed.hevy().arm(FaultRule.on("/v1/workouts", Fault.status(503)).onlyTimes(2));
    bed.intervals().arm(FaultRule.on(BULK, Fault.status(502)).onlyTimes(1));

    Run run = run("backfill", "--source", "hevy", "--json");

    JsonNode report = json.readTree(run.out());
    assertThat(report.path("created").asInt()).as(run.err()).isEqualTo(11);
    assertThat(report.path("failed").path(0).path("workout_id").asText())
        .isEqualTo(all.get(3).id());
    assertThat(report.path("failed").path(0).path("reason").asText()).contains("start_time");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(externalIds()).hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void whatMakesNoSenseIsWrongUsage() {
    assertThat(run("backfill", "--source", "garmin").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run("backfill", "--source", "hevy", "--page-size", "11").err())
        .contains("--page-size 11, allowed is 1 to 10");
    assertThat(run("backfill", "--source", "hevy", "--max-page", "0").exitCode())
        .isEqualTo(ExitCode.WRONG_USAGE);
    bed.set("intervals.api-key", "wrong");
    logged(1);
    Run refused = run("backfill", "--source", "hevy");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(refused.err()).contains("intervals.api-key").doesNotContain("wrong");
  }

  /** Covers a thousand workouts with {@code -Dfitroute.workouts=1000}. */
  @Test
  @Timeout(600)
  void killedTwiceABackfillIsWholeInTheEnd() throws Exception {
    int number = Integer.getInteger("fitroute.workouts", 60);
    logged(number);
    bed.intervals().upsert(false);
    bed.intervals().arm(FaultRule.on(BULK, new Fault.Delay(Duration.ofMillis(50))));

    for (int kill = 1; kill <= 2; kill++) {
      int enough = number * kill / 3;
      Process backfill = start();
      await()
          .atMost(Duration.ofSeconds(300))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> bed.intervals().activities().size() >= enough || !backfill.isAlive());
      backfill.destroyForcibly().onExit().join();
    }
    Process last = start();
    assertThat(last.waitFor(300, TimeUnit.SECONDS)).isTrue();

    assertThat(last.exitValue()).isZero();
    assertThat(externalIds()).hasSize(number).doesNotHaveDuplicates();
    assertThat(bed.intervals().refusedForHaste()).isZero();
  }

  private Process start() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dfitroute.home=" + Path.of("").toAbsolutePath(),
            "-cp",
            System.getProperty("java.class.path"),
            FitRoute.class.getName(),
            "backfill",
            "--source",
            "hevy");
    java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    java.environment().putAll(bed.bed().environment());
    return java.start();
  }

  @Test
  void theWebhookIsMadeShownAndEnded() {
    bed.set("webhook.public-url", "https://runs.example.org");

    assertThat(run("hevy", "subscription").out()).startsWith("there is none");
    Run created = run("hevy", "subscription", "create");
    assertThat(created.out())
        .isEqualTo(
            "webhook was created and points to this service: https://runs.example.org/hevy\n");
    assertThat(bed.hevy().subscription()).contains("https://runs.example.org/hevy");
    Run shown = run("hevy", "subscription", "show", "--json");
    assertThat(shown.out())
        .isEqualTo(
            "{\"finding\":\"points to this service\",\"url\":\"https://runs.example.org/hevy\"}\n");
    assertThat(run("hevy", "subscription", "create").out()).contains("already");
    assertThat(run("hevy", "subscription", "delete").exitCode()).isZero();
    assertThat(bed.hevy().subscription()).isEmpty();
    assertThat(run("hevy", "subscription", "delete").exitCode()).isEqualTo(ExitCode.FAILED);
    bed.hevy().subscribe("https://elsewhere.example.org", "x");
    assertThat(run("hevy", "subscription", "create").err()).contains("elsewhere", "delete");
    assertThat(run("hevy", "webhook").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void whereTheApiHasNoSubscriptionsAnyLongerTheWebPageIsNamed() {
    bed.set("webhook.public-url", "https://runs.example.org");
    bed.hevy().offerSubscriptions(false);

    Run created = run("hevy", "subscription", "create");

    assertThat(created.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(created.err())
        .contains("https://hevy.com/settings?developer", "https://runs.example.org/hevy")
        .doesNotContain(HevyBed.TOKEN, bed.hevy().apiKey());
    bed.set("hevy.api-key", "wrong");
    Run refused = run("hevy", "subscription");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(refused.err()).contains("check hevy.api-key");
  }

  @Test
  void aWorkoutIsSimulatedTracedAndCounted() throws IOException {
    bed.start();
    SimulatedWorkout push = SimulatedWorkout.push(START);
    bed.hevy().logSilently(push);
    String port = Integer.toString(bed.bed().url("/").getPort());
    bed.set("webhook.port", port);

    Run simulated = run("simulate", "hevy-workout", push.id());

    assertThat(simulated.exitCode()).as(simulated.err()).isZero();
    bed.activity(push.id(), activity -> true);
    assertThat(bed.ends(push.id(), 1)).hasSize(1);
    assertThat(run("trace", push.id()).out())
        .contains("Push day", "create received from hevy", "done: created as i");
    assertThat(run("events").out()).contains("create of workout " + push.id());
    assertThat(run("status").out()).contains("workouts      1 at Intervals.icu");
    assertThat(run("simulate", "hevy-workout", push.id(), "--owner", "5").exitCode())
        .isEqualTo(ExitCode.WRONG_USAGE);
    bed.set("hevy.webhook-token", "wrong");
    assertThat(run("simulate", "hevy-workout", push.id()).out()).startsWith("401");
  }

  @Test
  void theDoctorLooksAtBothServices() {
    logged(3);

    assertThat(run("doctor").out())
        .contains(
            "Hevy: 3 workouts; the webhook points to nowhere",
            "Intervals.icu: accepts the API key");
    bed.set("intervals.api-key", "").set("hevy.webhook-token", "").set("hevy.api-key", "wrong");
    assertThat(run("doctor").out())
        .contains("HEVY_WEBHOOK_TOKEN is not set", "INTERVALS_API_KEY is not set")
        .contains("Hevy does not accept the API key");
    bed.set("hevy.api-key", "");
    assertThat(run("doctor").out()).doesNotContain("Hevy");
  }

  @Test
  void theDemonstrationShowsWorkouts() {
    Run demo = run("demo", "--hevy");

    assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out()).contains("Push day", "Pull day 🏋️", "Drop set: body weight × 5");
  }
}
