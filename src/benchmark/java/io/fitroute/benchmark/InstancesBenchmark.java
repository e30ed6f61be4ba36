package io.fitroute.benchmark;

import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures how much faster several services on one PostgreSQL process many events than one does.
 * All of them, the server and the fake Strava share this machine's processors.
 */
final class InstancesBenchmark implements Benchmark {

  private static final long ATHLETE = 4455667;
  private static final long FIRST_ACTIVITY = 20_000_000_000L;
  private static final int WARM_UP_EACH = 200;
  private static final int MOST_INSTANCES = 4;
  private static final List<Integer> INSTANCES = List.of(1, 2, MOST_INSTANCES);
  private static final int EVENTS =
      Optional.ofNullable(System.getenv("INSTANCES_EVENTS")).map(Integer::parseInt).orElse(1000);
  private static final Duration STRAVA_TAKES = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final String KEY = "5a".repeat(32);

  @Override
  public String name() {
    return "instances";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Table table = new Table("services", "s", "events/s", "ratio to one");
    try (PostgresServer server = PostgresServer.start(bench);
        FakeStrava strava =
            FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      for (int number = 0; number < MOST_INSTANCES * WARM_UP_EACH + EVENTS; number++) {
        strava.uploadSilently(
            SimulatedActivity.run(ATHLETE)
                .id(FIRST_ACTIVITY + number)
                .movingTime(Duration.ofMinutes(5))
                .build());
      }
      strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
      double one = 0;
      for (int instances : INSTANCES) {
        double seconds = measure(bench, server.newDatabase(), strava, instances);
        one = one == 0 ? seconds : one;
        table.row(
            Integer.toString(instances),
            "%.1f".formatted(seconds),
            "%.0f".formatted(EVENTS / seconds),
            "%.2f".formatted(one / seconds));
      }
      table.print(
          "%,d events on one %s, %d ms for each request to Strava"
              .formatted(EVENTS, server.version(), STRAVA_TAKES.toMillis()));
    }
  }

  private static double measure(Workbench bench, String url, FakeStrava strava, int instances)
      throws Exception {
    Path downloads = bench.folder("downloads");
    List<Child> running = new ArrayList<>();
    try (Ledger ledger = Ledger.open(url, "", "")) {
      ServiceUnderTest first = new ServiceUnderTest(bench).connected(strava, ATHLETE);
      first
          .set("DATABASE_URL", url)
          .set("DATA_KEY", KEY)
          .set("DOWNLOAD_BASE_DIR", downloads.toString());
      running.add(first.start());
      for (int number = 1; number < instances; number++) {
        running.add(first.another(bench).start());
      }
      LedgerView view = new LedgerView(url);
      int warmUp = instances * WARM_UP_EACH;
      tell(ledger, 0, warmUp);
      view.awaitSettled(warmUp, LONGEST);
      long begin = System.nanoTime();
      tell(ledger, warmUp, EVENTS);
      view.awaitSettled(warmUp + EVENTS, LONGEST);
      double seconds = (System.nanoTime() - begin) / 1e9;
      requireFiles(downloads, warmUp + EVENTS);
      return seconds;
    } finally {
      running.forEach(Child::close);
    }
  }

  /** Adds the events in one transaction, as a backlog. */
  private static void tell(Ledger ledger, int first, int count) {
    Instant now = Instant.now();
    ledger
        .submit(
            jdbc -> {
              for (int number = first; number < first + count; number++) {
                Inbox.insert(jdbc, event(FIRST_ACTIVITY + number, now), now);
              }
              return count;
            })
        .join();
    ledger.announce();
  }

  private static NewEvent event(long activity, Instant time) {
    return NewEvent.request(
        "strava",
        Priority.LIVE,
        "activity",
        Long.toString(activity),
        Long.toString(ATHLETE),
        Instant.ofEpochSecond(time.getEpochSecond()));
  }

  private static void requireFiles(Path downloads, int expected) throws IOException {
    try (Stream<Path> files = Files.walk(downloads)) {
      long count = files.filter(Files::isRegularFile).count();
      if (count != expected) {
        throw new IllegalStateException("%,d files were delivered".formatted(count));
      }
    }
  }
}
