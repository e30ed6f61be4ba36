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
import java.util.function.IntFunction;

/** Imports another tool's JSON document: a list of downloaded files, or an array of activities. */
final class ListImport {

  private static final int AT_ONCE = 200;

  private final Path path;
  private final Path workingDirectory;
  private final boolean dryRun;

  /**
   * @param path the document, as given by the user
   * @param dryRun whether to change nothing
   */
  ListImport(Path path, Path workingDirectory, boolean dryRun) {
    this.path = path;
    this.workingDirectory = workingDirectory;
    this.dryRun = dryRun;
  }

  /**
   * Runs the import.
   *
   * @param progress starts the progress display for a number of steps
   */
  Report run(Settings settings, IntFunction<Progress> progress) {
    Path file = workingDirectory.resolve(path);
    if (ActivityArray.isIn(file)) {
      return seed(settings, file);
    }
    if (!settings.list("fit.sinks").contains("file")) {
      throw CommandFailure.notConfigured(
          "fit.sinks has no sink \"file\", so files in a folder do not count as delivered");
    }
    List<DownloadList.Entry> entries = entries();
    try (Progress begun = progress.apply(entries.size())) {
      return take(
          settings, entries, begun, (adoption, ledger, one) -> adoption.examine(one, ledger));
    }
  }

  /** Examines an entry without changing anything. */
  interface Examination {
    Finding examine(Adoption adoption, Optional<Ledger> ledger, DownloadList.Entry entry);
  }

  /** Stores the details of an array of activities, so that they need not be requested. */
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

  /** The result for an array of activities. */
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
      return DownloadList.read(workingDirectory.resolve(path));
    } catch (IOException | InvalidPathException e) {
      throw CommandFailure.failed(
          Printable.line(path.toString()) + " cannot be imported: " + e.getMessage());
    }
  }

  /** Records the files of the entries as delivered. */
  ListReport take(
      Settings settings,
      List<DownloadList.Entry> entries,
      Progress progress,
      Examination examination) {
    Path folder = settings.path("download.base-dir");
    Adoption adoption =
        new Adoption(
            folder,
            workingDirectory,
            settings.bytes("export.max-size"),
            ZoneId.systemDefault(),
            Clock.systemUTC());
    Optional<Ledger> ledger =
        dryRun ? LedgerFile.openExisting(settings) : Optional.of(LedgerFile.open(settings));
    ListReport report = ListReport.begin(dryRun);
    List<Finding> taken = new ArrayList<>();
    try {
      for (DownloadList.Entry entry : entries) {
        Finding finding = examination.examine(adoption, ledger, entry);
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
   * The result for a list of files.
   *
   * @param dryRun whether nothing was changed
   * @param taken the number of files that now count as delivered
   * @param known the number of files that already did
   * @param notTaken the files that do not, with the reason
   */
  record ListReport(boolean dryRun, long taken, long known, List<Line> notTaken) implements Report {

    private static final int MOST_LINES = 200;

    /** An entry as it appears in the list, and why it was refused. */
    record Line(String activityId, String filePath, String reason) {}

    static ListReport begin(boolean dryRun) {
      return new ListReport(dryRun, 0, 0, new ArrayList<>());
    }

    ListReport with(Finding finding) {
      return switch (finding.verdict()) {
        case TAKEN -> new ListReport(dryRun, taken + 1, known, notTaken);
        case KNOWN -> new ListReport(dryRun, taken, known + 1, notTaken);
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
                          + Printable.line((line.activityId() + " " + line.filePath()).strip())
                          + ": "
                          + Printable.line(line.reason())));
      if (notTaken.size() > MOST_LINES) {
        out.println("and " + (notTaken.size() - MOST_LINES) + " more; --json lists all");
      }
    }
  }
}
