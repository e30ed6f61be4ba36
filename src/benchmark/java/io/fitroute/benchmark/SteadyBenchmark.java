package io.fitroute.benchmark;

import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Measures response times at 1,000 events a second while the service processes them: Strava has a
 * small delay, runs become files, rides are filtered, and a queue builds up.
 */
final class SteadyBenchmark implements Benchmark {

  private static final long ATHLETE = 4455667;
  private static final long FIRST_ACTIVITY = 20_000_000_000L;
  private static final int ACTIVITIES = 4_000;
  private static final int RUNS = 4;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration STRAVA_TAKES = Duration.ofMillis(20);
  private static final Pattern RESULT =
      Pattern.compile("steady (\\d+) (\\d+) ([\\d.]+) ([\\d.]+) ([\\d.]+) ([\\d.]+)");

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
      upload(strava);
      Comparison comparison =
          new Comparison(
              "events", "failed", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "settled a second");
      for (Workbench.Version version : bench.versions()) {
        comparison.row(version.name(), measured(bench, version, strava));
      }
      comparison.print("Accept at %,d events/s, at work".formatted(SteadyLoad.PER_SECOND));
    }
  }

  @SuppressWarnings("try") // the service only has to run
  private static double[] measured(Workbench bench, Workbench.Version version, FakeStrava strava)
      throws Exception {
    ServiceUnderTest service = new ServiceUnderTest(bench, version).connected(strava, ATHLETE);
    LedgerView ledger = new LedgerView(service.ledger());
    try (Child running = service.start()) {
      long settled = ledger.settled();
      double[] figures = Arrays.copyOf(load(bench, strava, service.webhook()), 7);
      figures[6] = (ledger.settled() - settled) / (RUNS * (double) TIME.toSeconds());
      return figures;
    }
  }

  /** Every fourth activity is a ride. */
  private static void upload(FakeStrava strava) {
    for (int number = 0; number < ACTIVITIES; number++) {
      SimulatedActivity.Builder activity =
          number % 4 == 3 ? SimulatedActivity.ride(ATHLETE) : SimulatedActivity.run(ATHLETE);
      strava.uploadSilently(activity.id(FIRST_ACTIVITY + number).build());
    }
  }

  /** The medians of all runs but the first one, which is a warm-up. */
  private static double[] load(Workbench bench, FakeStrava strava, URI address)
      throws IOException, InterruptedException {
    try (Child load =
        Child.startJava(
            bench.folder("load"),
            List.of("-XX:+UseSerialGC", "-Xmx128m"),
            SteadyLoad.class,
            address.toString(),
            Integer.toString(RUNS),
            Long.toString(TIME.toSeconds()),
            Long.toString(Instant.now().getEpochSecond() - 10_000),
            Long.toString(FIRST_ACTIVITY),
            Integer.toString(ACTIVITIES),
            Long.toString(ATHLETE),
            Long.toString(strava.subscription().orElseThrow().id()))) {
      List<MatchResult> runs =
          RESULT
              .matcher(load.awaitEnd(TIME.multipliedBy(RUNS).plusSeconds(60)))
              .results()
              .skip(1)
              .toList();
      return IntStream.rangeClosed(1, 6)
          .mapToDouble(
              figure ->
                  Samples.of(runs.stream().map(run -> Double.valueOf(run.group(figure))).toList())
                      .median())
          .toArray();
    }
  }
}
