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

/** {@code fitroute backfill}: fetches the past by the API, as the budget allows. */
@Command(
    name = "backfill",
    description = {
      "Fetch the activities of the past, the newest first, with the API requests that are left beside"
          + " live events. What is known already costs nothing. It may be stopped at any time: the"
          + " next run, or the service, goes on where it was.",
      "Strava's own bulk export (Settings, My Account, Download or Delete Your Account) holds the"
          + " originals of all activities, and takes no request at all."
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
      description = "Where from: strava, or hevy, whose workouts go to Intervals.icu.")
  private String source = "";

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "Whose activities (default: of all who are connected).")
  private Optional<Long> athlete = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "DATE",
      description = "Only what began on this day or later, such as 2024-01-01.")
  private Optional<LocalDate> after = Optional.empty();

  @Option(names = "--before", paramLabel = "DATE", description = "Only what began before this day.")
  private Optional<LocalDate> before = Optional.empty();

  @Option(
      names = "--sport",
      split = ",",
      paramLabel = "TYPE",
      description = "Only these of the types in strava.sport-types.")
  private List<String> sports = List.of();

  @Option(names = "--max-page", paramLabel = "N", description = "Read so many pages at the most.")
  private Optional<Integer> mostPages = Optional.empty();

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "Entries a page: 1 to 200 activities, 1 to 10 workouts (default: the most).")
  private Optional<Integer> pageSize = Optional.empty();

  @Option(
      names = "--no-laps",
      description =
          "Spare one request for each file that is written from streams: it has one lap then, and"
              + " no calories.")
  private boolean withoutLaps;

  @Option(
      names = "--dry-run",
      description = "Read the list, say what it would take, fetch nothing.")
  private boolean dryRun;

  @Option(names = "--detach", description = "Leave it to the service, and do not wait.")
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
        tell("no service is running here: it goes on once one is started with ./fitroute");
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
      throw CommandFailure.wrongUsage("--before is not later than --after: nothing lies between");
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
                      + ", which strava.sport-types does not have: "
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
