package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.Upgrades;
import io.fitroute.delivery.Upgrades.Upgradable;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute upgrade}: replaces files written from streams by originals. */
@Command(
    name = "upgrade",
    description =
        "Replace files that were written from streams with the originals that are now"
            + " available. Paths do not change.",
    footer = {"  ./fitroute upgrade --dry-run", "  ./fitroute upgrade --json"})
final class UpgradeCommand extends Reporting {

  @Option(names = "--dry-run", description = "Only list the files.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    List<Upgradable> found = LedgerFile.inExisting(settings, Upgrades::all).orElse(List.of());
    return report(
        new UpgradeReport(dryRun || found.isEmpty() ? listed(found) : upgraded(found, settings)));
  }

  private static List<UpgradeReport.Line> listed(List<Upgradable> found) {
    return found.stream()
        .map(one -> UpgradeReport.Line.planned(one.activityId(), one.place()))
        .toList();
  }

  private List<UpgradeReport.Line> upgraded(List<Upgradable> found, Settings settings)
      throws InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (WorkClient workClient = WorkClient.open(settings, environment().home());
        Progress progress = progress("upgrading", found.size())) {
      return new Requests(workClient.inbox())
          .follow(
              found,
              one -> Upgrades.request(one, now),
              (one, status) -> UpgradeReport.Line.of(one.activityId(), one.place(), status),
              progress::step);
    }
  }

  /** The results for files written from streams. */
  record UpgradeReport(List<Line> files) implements Report {

    private static final String PLANNED = "planned";

    /**
     * One file.
     *
     * @param place where it is, such as {@code file:2026/11/123.fit}
     * @param state {@code planned} in a dry run; {@code done} if it was replaced; {@code skipped}
     *     if it stays; {@code pending} or {@code dead}
     * @param reason the reason as text
     * @param nextAttempt the time of the next attempt of a pending one; else empty
     */
    record Line(String activityId, String place, String state, String reason, String nextAttempt) {

      static Line planned(String activityId, String place) {
        return new Line(activityId, place, PLANNED, "written from streams", "");
      }

      static Line of(String activityId, String place, EventStatus status) {
        return new Line(
            activityId,
            place,
            status.state().word(),
            status.reason().orElse(""),
            status.nextAttempt());
      }
    }

    @Override
    public int exitCode() {
      return files.stream().anyMatch(line -> line.state().equals(EventState.DEAD.word()))
          ? ExitCode.FAILED
          : ExitCode.DONE;
    }

    @Override
    public void print(PrintWriter out) {
      if (files.isEmpty()) {
        out.println("no file was written from streams: nothing to upgrade");
      }
      for (Line line : files) {
        out.printf(
            "%s  %-8s %s%s%n",
            line.place(),
            line.state(),
            line.reason(),
            line.nextAttempt().isEmpty() ? "" : ", next at " + line.nextAttempt());
      }
    }
  }
}
