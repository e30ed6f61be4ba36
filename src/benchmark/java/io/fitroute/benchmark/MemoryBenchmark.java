package io.fitroute.benchmark;

import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.FileId;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Sport;
import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Measures resident memory: idle, after 10,000 processed events of all kinds, and after a FIT file
 * larger than the heap.
 */
final class MemoryBenchmark implements Benchmark {

  private static final long ATHLETE = 4455667;
  private static final int EVENTS = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final Duration LONGEST_WORK = Duration.ofMinutes(8);
  private static final int LARGE_FILE_MEGABYTES = 50;
  private static final String SMALL_HEAP = "-Xmx40m";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  @SuppressWarnings("try") // the service only has to run
  public void run(Workbench bench) throws Exception {
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      Table table = new Table("", "resident MB");
      for (Workbench.Version version : bench.versions()) {
        try (Child fresh = new ServiceUnderTest(bench, version).start()) {
          table.row("idle, " + version.name(), idle(fresh));
        }
      }
      Path large = largeFile(bench.folder("large"));
      ServiceUnderTest service = new ServiceUnderTest(bench).connected(strava, ATHLETE);
      LedgerView ledger = new LedgerView(service.ledger());
      try (Child running = service.start()) {
        work(strava, ledger);
        table.row("after %,d events".formatted(EVENTS), idle(running));
        pass(strava, service, large, ledger, EVENTS + 1);
        table.row("after a file of " + LARGE_FILE_MEGABYTES + " MB as well", idle(running));
      }
      ServiceUnderTest small =
          new ServiceUnderTest(bench)
              .connected(strava, ATHLETE)
              .set("FITROUTE_JAVA_OPTS", SMALL_HEAP);
      try (Child running = small.start()) {
        pass(strava, small, large, new LedgerView(small.ledger()), 1);
        table.row("that file alone, with a heap of 40 MB (" + SMALL_HEAP + ")", idle(running));
      }
      table.print("Memory");
    }
  }

  /** The maximum while idle. */
  private static String idle(Child service) throws IOException, InterruptedException {
    List<Long> seen = new ArrayList<>();
    Instant end = Instant.now().plus(IDLE);
    while (Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(500);
      seen.add(service.residentMegabytes());
    }
    return "%.0f".formatted(Samples.of(seen).max());
  }

  /** Of ten events four are new runs, two rides, one a manual entry, and three repeats of a run. */
  private static void work(FakeStrava strava, LedgerView ledger) throws Exception {
    Instant time = strava.now();
    long lastRun = 0;
    for (int number = 0; number < EVENTS; number++) {
      List<WebhookEvent> batch = new ArrayList<>();
      switch (number % 10) {
        case 0, 2, 4, 6 -> {
          lastRun = strava.uploadSilently(SimulatedActivity.run(ATHLETE).build()).id();
          batch.add(WebhookEvent.created(lastRun, ATHLETE, time));
        }
        case 1, 5 ->
            batch.add(
                WebhookEvent.created(
                    strava.uploadSilently(SimulatedActivity.ride(ATHLETE).build()).id(),
                    ATHLETE,
                    time));
        case 3 ->
            batch.add(
                WebhookEvent.created(
                    strava.uploadSilently(SimulatedActivity.manualRun(ATHLETE).build()).id(),
                    ATHLETE,
                    time));
        default -> batch.add(WebhookEvent.created(lastRun, ATHLETE, time.plusSeconds(number)));
      }
      strava.deliver(batch);
    }
    ledger.awaitSettled(EVENTS, LONGEST_WORK);
  }

  private static void pass(
      FakeStrava strava, ServiceUnderTest service, Path file, LedgerView ledger, long events)
      throws Exception {
    SimulatedActivity run =
        strava.uploadSilently(SimulatedActivity.run(ATHLETE).originalFile(file).build());
    strava.deliver(WebhookEvent.created(run.id(), ATHLETE, strava.now()));
    ledger.awaitSettled(events, Duration.ofMinutes(1));
    Path delivered = service.downloads().resolve("2026/11/" + run.id() + ".fit");
    if (Files.mismatch(file, delivered) >= 0) {
      throw new IOException("the large file did not arrive as it was");
    }
  }

  private static Path largeFile(Path folder) throws IOException {
    Path file = folder.resolve("large.fit");
    Instant start = Instant.parse("2026-11-20T06:02:11Z");
    FileId id = new FileId(FileId.DEVELOPMENT, 1, OptionalLong.of(1), start, Optional.empty());
    long seconds = 0;
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(
            file,
            id,
            EnumSet.of(TrackField.POSITION, TrackField.DISTANCE, TrackField.HEART_RATE))) {
      while (Files.size(file) < LARGE_FILE_MEGABYTES * 1_000_000L) {
        for (int more = 0; more < 10_000; more++) {
          writer.point(point(start, seconds++));
        }
      }
      Sport running = new Sport(1, 0);
      Map<SummaryField, Double> nothingMore = Map.of();
      writer.lap(new Lap(start, seconds, seconds, LapTrigger.SESSION_END, running, nothingMore));
      writer.session(new Session(start, seconds, seconds, running, Optional.empty(), nothingMore));
      writer.finish(new Activity(start.plusSeconds(seconds), seconds, Optional.empty()));
    }
    return file;
  }

  private static TrackPoint point(Instant start, long second) {
    return new TrackPoint(
        start.plusSeconds(second),
        50.8 + 1e-6 * (second % 10_000),
        4.3,
        Double.NaN,
        2.8 * second,
        Double.NaN,
        120 + second % 40,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }
}
