package io.fitroute.cli;

import io.fitroute.cli.report.BackfillReport;
import io.fitroute.cli.report.Printable;
import io.fitroute.history.Batch;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute backfill}: fetches past activities through the API, within the budget. */
@Command(
    name = "backfill",
    description = {
      "Download past activities, newest first, with the API requests that new events leave unused."
          + " Known activities cost nothing. You can stop it at any time: the next run, or the"
          + " service, continues where it stopped.",
      "Strava's own bulk export (Settings, My Account, Download or Delete Your Account) contains"
          + " the originals of all activities and needs no API requests."
    },
    footer = {
      "  ./fitroute backfill --dry-run",
      "  ./fitroute backfill --after 2024-01-01 --sport TrailRun",
      "  ./fitroute backfill --no-laps --detach",
      "  ./fitroute backfill --source hevy --dry-run"
    })
final class BackfillCommand extends Reporting {

  private static final int LARGEST_PAGE = 200;
  private static final int BETWEEN_LOOKS = 200;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "strava",
      description = "Source: strava, or hevy, whose workouts go to Intervals.icu.")
  private String source = "";

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "ID of the athlete (default: all connected athletes).")
  private Optional<Long> athlete = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "DATE",
      description = "Only activities that began on or after this day, such as 2024-01-01.")
  private Optional<LocalDate> after = Optional.empty();

  @Option(
      names = "--before",
      paramLabel = "DATE",
      description = "Only activities that began before this day.")
  private Optional<LocalDate> before = Optional.empty();

  @Option(
      names = "--sport",
      split = ",",
      paramLabel = "TYPE",
      description = "Only these sport types; each must be in strava.sport-types.")
  private List<String> sports = List.of();

  @Option(names = "--max-page", paramLabel = "N", description = "Read at most this many pages.")
  private Optional<Integer> mostPages = Optional.empty();

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description =
          "Entries per page: 1 to 200 activities, 1 to 10 workouts (default: the maximum).")
  private Optional<Integer> pageSize = Optional.empty();

  @Option(
      names = "--no-laps",
      description =
          "Save one request for each file that is written from streams; the file then has a single"
              + " lap and no calories.")
  private boolean withoutLaps;

  @Option(
      names = "--dry-run",
      description = "Only read the list and report what the backfill would need; download nothing.")
  private boolean dryRun;

  @Option(names = "--detach", description = "Do not wait; the service does it in the background.")
  private boolean detached;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    if (source.equals("hevy")) {
      HevyBackfill workouts = new HevyBackfill(settings, mostPages, pageSize, dryRun);
      return report(workouts.run(environment().home(), this::progress));
    }
    requireSense(settings);
    requireApplication(settings);
    try (WorkClient workClient = WorkClient.open(settings, environment().home())) {
      List<Batch> batches = new ArrayList<>();
      for (String owner : owners(workClient)) {
        batches.add(Batch.begin(workClient.ledger(), owner, options(), Instant.now()));
      }
      if (!detached) {
        follow(workClient, batches, settings);
      } else if (!workClient.isBesideService()) {
        inform("no service is running: the backfill continues once you start it with ./fitroute");
      }
      return report(current(workClient, batches, settings));
    }
  }

  private void requireSense(Settings settings) {
    if (!source.equals("strava")) {
      throw CommandFailure.wrongUsage(
          "found --source " + Printable.line(source) + ", allowed are strava and hevy");
    }
    requireBetween("--page-size", pageSize, LARGEST_PAGE);
    requireBetween("--max-page", mostPages, Integer.MAX_VALUE);
    if (after.isPresent() && before.filter(end -> !end.isAfter(after.get())).isPresent()) {
      throw CommandFailure.wrongUsage("--before must be later than --after");
    }
    List<String> wanted = settings.list("strava.sport-types");
    sports.stream()
        .filter(
            sport -> !wanted.contains("*") && wanted.stream().noneMatch(sport::equalsIgnoreCase))
        .findFirst()
        .ifPresent(
            sport -> {
              throw CommandFailure.wrongUsage(
                  "found --sport "
                      + Printable.line(sport)
                      + ", which is not in strava.sport-types: "
                      + String.join(", ", wanted));
            });
  }

  private static void requireBetween(String option, Optional<Integer> found, int most) {
    found
        .filter(number -> number < 1 || number > most)
        .ifPresent(
            number -> {
              String allowed = most == Integer.MAX_VALUE ? "1 or more" : "1 to " + most;
              throw CommandFailure.wrongUsage(
                  "found " + option + " " + number + ", allowed is " + allowed);
            });
  }

  private List<String> owners(WorkClient workClient) throws InterruptedException {
    List<String> connected = workClient.connectedAthletes();
    if (connected.isEmpty()) {
      throw CommandFailure.notConfigured(workClient.whyNobodyIsConnected());
    }
    List<String> wanted = athlete.map(id -> List.of(id.toString())).orElse(connected);
    if (!connected.containsAll(wanted)) {
      throw CommandFailure.failed(
          "athlete "
              + wanted.get(0)
              + " is not connected; connected: "
              + String.join(", ", connected));
    }
    return wanted;
  }

  private Batch.Options options() {
    return new Batch.Options(
        seconds(after),
        seconds(before),
        sports,
        mostPages.orElse(0),
        pageSize.orElse(LARGEST_PAGE),
        !withoutLaps,
        dryRun);
  }

  private static long seconds(Optional<LocalDate> day) {
    return day.map(date -> date.atStartOfDay(ZoneId.systemDefault()).toEpochSecond()).orElse(0L);
  }

  private BackfillReport current(WorkClient workClient, List<Batch> batches, Settings settings) {
    return BackfillReport.of(
        batches.stream().map(one -> one.now(workClient.ledger())).toList(),
        workClient.ledger(),
        BackfillReport.requestsEach(settings, !withoutLaps),
        settings.integer("budget.reserve"));
  }

  private void follow(WorkClient workClient, List<Batch> batches, Settings settings)
      throws InterruptedException {
    try (Progress progress = progress("backfill", 0)) {
      while (!batches.stream()
          .allMatch(one -> one.now(workClient.ledger()).isOver(workClient.ledger().read()))) {
        progress.show(current(workClient, batches, settings).progress());
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
      }
    }
  }
}
