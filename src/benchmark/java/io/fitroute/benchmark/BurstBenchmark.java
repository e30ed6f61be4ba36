package io.fitroute.benchmark;

import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A burst of more than 20,000 events while a service works on what came before: how quickly they
 * are accepted beside a service that has nothing else to do, and whether work goes on.
 */
final class BurstBenchmark implements Benchmark {

  private static final long ATHLETE = 4455667;
  private static final long FIRST_ACTIVITY = 20_000_000_000L;
  private static final int ACTIVITIES = 8_000;
  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 5;
  private static final long IDS_PER_ROUND = 100_000_000L;
  private static final Duration WARM_UP = Duration.ofSeconds(25);
  private static final Duration BURST = Duration.ofSeconds(1);
  private static final Duration AFTERWARDS = Duration.ofSeconds(4);
  private static final Duration STRAVA_TAKES = Duration.ofMillis(20);

  @Override
  public String name() {
    return "burst";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Wrk wrk = new Wrk(bench);
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
      for (int number = 0; number < ACTIVITIES; number++) {
        strava.uploadSilently(SimulatedActivity.run(ATHLETE).id(FIRST_ACTIVITY + number).build());
      }
      ServiceUnderTest working = new ServiceUnderTest(bench).connected(strava, ATHLETE);
      ServiceUnderTest idle = new ServiceUnderTest(bench);
      long subscription = strava.subscription().orElseThrow().id();
      LedgerView ledger = new LedgerView(working.ledger());
      Table table =
          new Table("", "events", "failed", "events/s", "p99 ms", "max ms", "files a second", "MB");
      try (Child worker = working.start();
          Child beside = idle.start()) {
        beside.pause();
        // what this leaves to do lasts for all rounds
        wrk.post(working.webhook(), CONNECTIONS, WARM_UP, FIRST_ACTIVITY, ATHLETE, subscription);
        worker.pause();
        beside.resume();
        wrk.post(idle.webhook(), CONNECTIONS, WARM_UP);
        beside.pause();
        for (int round = 0; round < ROUNDS; round++) {
          beside.resume();
          row(table, "nothing else to do", wrk.post(idle.webhook(), CONNECTIONS, BURST), "", "");
          beside.pause();
          worker.resume();
          long before = ledger.delivered();
          Wrk.Result burst =
              wrk.post(
                  working.webhook(),
                  CONNECTIONS,
                  BURST,
                  FIRST_ACTIVITY + (round + 1) * IDS_PER_ROUND,
                  ATHLETE,
                  subscription);
          TimeUnit.SECONDS.sleep(AFTERWARDS.toSeconds());
          row(
              table,
              "at work",
              burst,
              "%,.0f"
                  .formatted(
                      (ledger.delivered() - before) / (double) BURST.plus(AFTERWARDS).toSeconds()),
              Long.toString(worker.residentMegabytes()));
          worker.pause();
        }
      }
      table.print("A burst, %d connections".formatted(CONNECTIONS));
    }
  }

  private static void row(
      Table table, String name, Wrk.Result result, String settled, String megabytes) {
    table.row(
        name,
        "%,d".formatted(result.events()),
        Long.toString(result.failed()),
        "%,.0f".formatted(result.perSecond()),
        "%.1f".formatted(result.p99()),
        "%.1f".formatted(result.max()),
        settled,
        megabytes);
  }
}
