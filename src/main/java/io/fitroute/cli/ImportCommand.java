package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.Adoption;
import io.fitroute.delivery.Adoption.Finding;
import io.fitroute.delivery.Adoption.Verdict;
import io.fitroute.delivery.DownloadList;
import io.fitroute.history.ActivityArray;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.api.Athletes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute import}: adopts what another tool has downloaded. */
@Command(
    name = "import",
    description = {
      "Import what another tool has already downloaded, from its list"
          + " downloaded_activities.json:"
          + " {\"downloaded_activities\":[{\"activity_id\":...,\"download_time\":...,\"file_path\":...}]}.",
      "Each file must be in download.base-dir and be valid FIT. It is not changed, and its"
          + " activity is never downloaded again. Exit code 1: something was not imported.",
      "The list can also be an array of activities from Strava's API; their details are then known"
          + " without a request."
    },
    footer = {
      "  ./fitroute import downloaded_activities.json --dry-run",
      "  ./fitroute import downloaded_activities.json",
      "  ./fitroute import activities.json"
    })
final class ImportCommand extends Reporting {

  private static final int AT_ONCE = 200;

  @Parameters(paramLabel = "PATH", description = "The list, or the array.")
  private Path path;

  @Option(names = "--dry-run", description = "Check everything, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Settings settings = settings();
    Path file = environment().workingDirectory().resolve(path);
    if (ActivityArray.isIn(file)) {
      return report(seed(settings, file));
    }
    if (!settings.list("fit.sinks").contains("file")) {
      throw CommandFailure.notConfigured(
          "fit.sinks has no sink \"file\", so files in a folder do not count as delivered");
    }
    return report(take(settings, entries()));
  }

  /** Stores the activities of an array, whose details are then known without a request. */
  private SeedReport seed(Settings settings, Path file) {
    Optional<Ledger> ledger =
        dryRun ? LedgerFile.openExisting(settings) : Optional.of(LedgerFile.open(settings));
    try {
      List<String> connected =
          ledger.stream()
              .flatMap(known -> new Athletes(known, Clock.systemUTC()).all().stream())
              .map(Athletes.Athlete::id)
              .toList();
      Activities activities = Activities.of(ledger.orElse(null), settings, Clock.systemUTC());
      return new SeedReport(
          dryRun,
          ActivityArray.take(
              file,
              ledger.filter(known -> !dryRun),
              activities,
              connected.size() == 1 ? connected.stream().findFirst() : Optional.empty(),
              Clock.systemUTC().instant()));
    } catch (IOException e) {
      throw CommandFailure.failed(
          Printable.line(path.toString())
              + " is incomplete JSON; everything before its end was imported");
    } finally {
      ledger.ifPresent(Ledger::close);
    }
  }

  /** The result of importing an array of activities. */
  record SeedReport(boolean dryRun, ActivityArray.Result activities) implements Report {

    @Override
    public int exitCode() {
      return activities.refused().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      out.printf(
          "%d activities %s, %d not imported%n",
          activities.taken(),
          dryRun ? "would be imported" : "imported",
          activities.refused().size());
      activities
          .refused()
          .forEach(
              one -> out.println("not imported: number " + one.number() + ": " + one.reason()));
    }
  }

  private List<DownloadList.Entry> entries() {
    try {
      return DownloadList.read(environment().workingDirectory().resolve(path));
    } catch (IOException | InvalidPathException e) {
      throw CommandFailure.failed(
          Printable.line(path.toString()) + " cannot be imported: " + e.getMessage());
    }
  }

  private ImportReport take(Settings settings, List<DownloadList.Entry> entries) {
    Path folder = settings.path("download.base-dir");
    Adoption adoption =
        new Adoption(
            folder,
            environment().workingDirectory(),
            settings.bytes("export.max-size"),
            ZoneId.systemDefault(),
            Clock.systemUTC());
    Optional<Ledger> ledger =
        dryRun ? LedgerFile.openExisting(settings) : Optional.of(LedgerFile.open(settings));
    ImportReport report = ImportReport.begin(dryRun);
    List<Finding> taken = new ArrayList<>();
    try (Progress progress = progress("importing", entries.size())) {
      for (DownloadList.Entry entry : entries) {
        Finding finding = adoption.examine(entry, ledger);
        report = report.with(finding);
        if (finding.verdict() == Verdict.TAKEN) {
          taken.add(finding);
        }
        if (taken.size() >= AT_ONCE) {
          record(adoption, taken, ledger);
        }
        progress.step();
      }
      record(adoption, taken, ledger);
    } finally {
      ledger.ifPresent(Ledger::close);
    }
    return report;
  }

  private void record(Adoption adoption, List<Finding> taken, Optional<Ledger> ledger) {
    if (!dryRun && !taken.isEmpty()) {
      adoption.record(taken, ledger.orElseThrow());
    }
    taken.clear();
  }

  /**
   * The result of importing another tool's list.
   *
   * @param dryRun whether nothing was changed
   * @param taken the number of files adopted
   * @param known the number of files that already counted as delivered
   * @param notTaken the others, with reasons
   */
  record ImportReport(boolean dryRun, long taken, long known, List<Line> notTaken)
      implements Report {

    private static final int MOST_LINES = 200;

    /** An entry as written in the list. */
    record Line(String activityId, String filePath, String reason) {}

    static ImportReport begin(boolean dryRun) {
      return new ImportReport(dryRun, 0, 0, new ArrayList<>());
    }

    ImportReport with(Finding finding) {
      return switch (finding.verdict()) {
        case TAKEN -> new ImportReport(dryRun, taken + 1, known, notTaken);
        case KNOWN -> new ImportReport(dryRun, taken, known + 1, notTaken);
        case NOT_TAKEN -> {
          notTaken.add(
              new Line(finding.entry().activityId(), finding.entry().filePath(), finding.reason()));
          yield this;
        }
      };
    }

    @Override
    public int exitCode() {
      return notTaken.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      out.printf(
          "%d %s, %d known already, %d not imported%n",
          taken, dryRun ? "would be imported" : "imported", known, notTaken.size());
      notTaken.stream()
          .limit(MOST_LINES)
          .forEach(
              line ->
                  out.println(
                      "not imported: "
                          + Printable.line(line.activityId())
                          + " "
                          + Printable.line(line.filePath())
                          + ": "
                          + Printable.line(line.reason())));
      if (notTaken.size() > MOST_LINES) {
        out.println("and " + (notTaken.size() - MOST_LINES) + " more; --json lists all");
      }
    }
  }
}
