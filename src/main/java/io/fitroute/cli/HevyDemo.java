package io.fitroute.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.ledger.Rows;
import io.fitroute.runtime.RunMode;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import io.fitroute.simulator.SimulatedWorkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The demonstration of workouts: some are logged, one of them twice, one is edited and one deleted.
 */
record HevyDemo(Path home, Consumer<String> inform, boolean keep) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = "demonstration";
  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");

  HevyDemoReport show() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fitroute-demo-");
    inform.accept("All files of this demonstration are in " + folder + " and are kept");
    try (FakeHevy hevy = FakeHevy.start();
        FakeIntervals intervals = FakeIntervals.start();
        Service service = Service.start(settings(hevy, intervals, folder), home, RunMode.SERVE)) {
      String webhook = "http://127.0.0.1:" + service.webhookPort() + "/hevy";
      inform.accept(
          "A fake Hevy runs at " + hevy.url() + ", a fake Intervals.icu at " + intervals.url());
      inform.accept("Hevy's webhook points to " + webhook + "; Ann logs her workouts");
      hevy.subscribe(webhook, TOKEN);
      train(hevy, intervals);
      await(() -> pending(service) == 0);
      HevyDemoReport report =
          new HevyDemoReport(intervals.activities(), intervals.activities().size() == 2);
      if (keep) {
        inform.accept("Press Ctrl-C to stop");
        new CountDownLatch(1).await();
      }
      return report;
    }
  }

  private static void train(FakeHevy hevy, FakeIntervals intervals) throws InterruptedException {
    SimulatedWorkout push = SimulatedWorkout.push(START);
    SimulatedWorkout pulls = SimulatedWorkout.pull(START.plus(Duration.ofDays(2)));
    SimulatedWorkout mistake = SimulatedWorkout.push(START.plus(Duration.ofDays(3)));
    hevy.log(push).join();
    hevy.tell(push.id()).join();
    hevy.log(pulls).join();
    hevy.log(mistake).join();
    await(() -> intervals.activities().size() == 3);
    hevy.edit(pulls.set("dropset", null, 5));
    hevy.delete(mistake.id());
    await(
        () ->
            intervals.activities().size() == 2
                && intervals.activities().toString().contains("Drop set"));
  }

  private static void await(BooleanSupplier what) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!what.getAsBoolean() && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long pending(Service service) {
    return Rows.count(
        service.ledger().read(), "select count(*) from event where state = 'pending'");
  }

  private Settings settings(FakeHevy hevy, FakeIntervals intervals, Path folder) {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("WEBHOOK_HOST", "127.0.0.1"),
            Map.entry("WEBHOOK_PORT", "0"),
            Map.entry("ADMIN_PORT", "0"),
            Map.entry("DATA_DIR", "data"),
            Map.entry("FIT_SINKS", "file"),
            Map.entry("HEVY_API_URL", hevy.url().toString()),
            Map.entry("HEVY_API_KEY", hevy.apiKey()),
            Map.entry("HEVY_WEBHOOK_TOKEN", TOKEN),
            Map.entry("HEVY_WEBHOOK_PATH", "/hevy"),
            Map.entry("HEVY_RECONCILE_EVERY", "500ms"),
            Map.entry("INTERVALS_URL", intervals.url().toString()),
            Map.entry("INTERVALS_API_KEY", intervals.apiKey()));
    return Settings.load(environment, folder, home)
        .with(Map.of("database.url", "", "webhook.public-url", "", "notify.url", ""));
  }

  /**
   * The final activities at Intervals.icu.
   *
   * @param asExpected two of three workouts, because one was deleted
   */
  record HevyDemoReport(List<JsonNode> activities, boolean asExpected) implements Report {

    @Override
    public int exitCode() {
      return asExpected ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      for (JsonNode activity : activities) {
        out.println();
        out.printf(
            "%s  %s  %s  %s  %s kg lifted%n",
            activity.path("id").asText(),
            activity.path("start_date_local").asText(),
            activity.path("type").asText(),
            activity.path("name").asText(),
            activity.path("kg_lifted").asText());
        activity.path("description").asText().lines().forEach(line -> out.println("    " + line));
      }
    }
  }
}
