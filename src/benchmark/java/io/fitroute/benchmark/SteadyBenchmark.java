package io.fitroute.benchmark;

import io.fitroute.FreePort;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How quickly 1,000 events a second are answered while the service works on them: Strava takes a
 * little time for each request, runs become files, rides are filtered, and a queue builds up.
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
    int barePort = FreePort.any();
    URI bareAddress = URI.create("http://127.0.0.1:" + barePort + "/");
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
      upload(strava);
      ServiceUnderTest service = new ServiceUnderTest(bench).connected(strava, ATHLETE);
      LedgerView ledger = new LedgerView(service.ledger());
      try (Child running = service.start();
          Child bare =
              Child.startJava(
                  bench.folder("bare"),
                  running.javaOptions(),
                  BareServer.class,
                  Integer.toString(barePort))) {
        bare.awaitAnswer(bareAddress);
        Table table = new Table("", "events", "failed", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        long settled = ledger.settled();
        load(bench, strava, service.webhook(), "the service", table);
        settled = ledger.settled() - settled;
        load(bench, strava, bareAddress, "bare Vert.x, while the service works on", table);
        table.print(
            "Accept at %,d events/s, while %,.0f events a second come to their end"
                .formatted(SteadyLoad.PER_SECOND, settled / (RUNS * (double) TIME.toSeconds())));
      }
    }
  }

  /** Every fourth is a ride. */
  private static void upload(FakeStrava strava) {
    for (int number = 0; number < ACTIVITIES; number++) {
      SimulatedActivity.Builder activity =
          number % 4 == 3 ? SimulatedActivity.ride(ATHLETE) : SimulatedActivity.run(ATHLETE);
      strava.uploadSilently(activity.id(FIRST_ACTIVITY + number).build());
    }
  }

  /** The first run only warms up. */
  private static void load(
      Workbench bench, FakeStrava strava, URI address, String name, Table table)
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
      String output = load.awaitEnd(TIME.multipliedBy(RUNS).plusSeconds(60));
      RESULT
          .matcher(output)
          .results()
          .skip(1)
          .forEach(
              run ->
                  table.row(
                      name,
                      run.group(1),
                      run.group(2),
                      run.group(3),
                      run.group(4),
                      run.group(5),
                      run.group(6)));
    }
  }
}
