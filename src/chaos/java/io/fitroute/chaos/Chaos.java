package io.fitroute.chaos;

import io.fitroute.ledger.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos/run}: runs in sequence, and a table of the results. */
@Command(
    name = "chaos/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills services while they work for a fake Strava that fails, and looks whether every promise"
          + " was kept. Ends by itself, with 0 if so and with 1 if not.",
      "",
      "A run takes about half a minute with the defaults."
    })
public final class Chaos implements Callable<Integer> {

  @Option(names = "--runs", paramLabel = "N", description = "how many runs; 10 by default")
  private int runs = 10;

  @Option(names = "--events", paramLabel = "N", description = "events in a run; 500 by default")
  private int events = 500;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the first run, the next has the next one; 1 by default")
  private long seed = 1;

  @Option(
      names = "--processes",
      paramLabel = "1|2",
      description = "services on one ledger; 1 by default")
  private int processes = 1;

  @Option(
      names = "--api-limit",
      paramLabel = "N",
      description = "reads that Strava grants in a quarter of an hour; 100 by default")
  private int apiLimit = 100;

  @Option(
      names = "--database",
      paramLabel = "sqlite|postgresql",
      description = "where the ledger is; sqlite by default, the other is started for the runs")
  private Database database = Database.SQLITE;

  @Option(
      names = "--backfill",
      paramLabel = "N",
      description =
          "instead: fetch so many activities of the past, killed ten times, by a fast clock")
  private int backfill;

  @Option(
      names = "--home",
      paramLabel = "DAYS",
      description = "instead: so many days without a webhook, with one athlete and with ten")
  private int home;

  @Option(
      names = "--import",
      paramLabel = "N",
      description = "instead: import an archive with so many files, killed ten times")
  private int imported;

  private final PrintStream out = System.out;

  /** Starts it; {@code fitroute.home} is the repository's folder, by default the current one. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Chaos()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (imported > 0) {
      return archive();
    }
    if (backfill > 0 || home > 0) {
      return history();
    }
    Scale scale = new Scale(events, processes, apiLimit, database);
    Path home = Path.of(System.getProperty("fitroute.home", "")).toAbsolutePath();
    List<Result> results = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Path folder = Files.createTempDirectory("fitroute-chaos-");
      Result result = new Run(seed + run, scale).in(home, folder);
      results.add(result);
      out.println(result);
      if (result.violations().isEmpty()) {
        delete(folder);
      } else {
        result.eventLogs().forEach(line -> out.println("  " + line));
        out.println("  files, ledger and logs are in " + folder);
      }
    }
    Table table = new Table(results);
    table.lines().forEach(out::println);
    return table.violations() == 0 ? 0 : 1;
  }

  private int archive() throws IOException, InterruptedException {
    Path repository = Path.of(System.getProperty("fitroute.home", "")).toAbsolutePath();
    Path folder = Files.createTempDirectory("fitroute-import-");
    ImportRun.Result result = new ImportRun(repository, folder, imported, seed).run(10);
    out.println(result);
    result.violations().forEach(out::println);
    delete(folder);
    return result.violations().isEmpty() ? 0 : 1;
  }

  private int history() throws IOException {
    Path repository = Path.of(System.getProperty("fitroute.home", "")).toAbsolutePath();
    List<String> violations = new ArrayList<>();
    if (backfill > 0) {
      Path folder = Files.createTempDirectory("fitroute-backfill-");
      try (HistoryRun run = new HistoryRun(repository, folder, 1, 600, false)) {
        HistoryRun.Backfilled result = run.backfill(backfill, 10);
        out.println(result);
        violations.addAll(result.violations(backfill));
      }
      delete(folder);
    }
    for (int athletes : home > 0 ? new int[] {1, 10} : new int[0]) {
      Path folder = Files.createTempDirectory("fitroute-home-");
      try (HistoryRun run = new HistoryRun(repository, folder, athletes, 3600, true)) {
        HistoryRun.Polled result = run.poll(home);
        out.println(result);
        violations.addAll(result.violations());
      }
      delete(folder);
    }
    violations.forEach(out::println);
    return violations.isEmpty() ? 0 : 1;
  }

  /** Deletes a file, or a folder with its contents, if it exists. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
