package io.fitroute.cli;

import io.fitroute.cli.report.Printable;
import io.fitroute.settings.Settings;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute backfill}: what happened before. */
@Command(
    name = "backfill",
    description =
        "Bring the workouts of the past from Hevy to Intervals.icu, the newest first. It may be"
            + " stopped at any time: the next run goes on where it was.",
    footer = {
      "  ./fitroute backfill --source hevy --dry-run",
      "  ./fitroute backfill --source hevy --max-page 3 --page-size 10"
    })
final class BackfillCommand extends Reporting {

  @Option(
      names = "--source",
      required = true,
      paramLabel = "NAME",
      description = "Where from: hevy.")
  private String source = "";

  @Option(names = "--max-page", paramLabel = "N", description = "Read so many pages at the most.")
  private Optional<Integer> mostPages = Optional.empty();

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "Workouts a page, 1 to 10 (default: 10).")
  private Optional<Integer> pageSize = Optional.empty();

  @Option(names = "--dry-run", description = "Say what it would take, and write nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    if (!source.equals("hevy")) {
      throw CommandFailure.wrongUsage(
          "found --source " + Printable.line(source) + ", allowed is hevy");
    }
    Settings settings = settings();
    HevyBackfill backfill = new HevyBackfill(settings, mostPages, pageSize, dryRun);
    return report(backfill.run(environment().home(), this::progress));
  }
}
