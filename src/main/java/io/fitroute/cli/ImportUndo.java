package io.fitroute.cli;

import io.fitroute.archive.Import;
import io.fitroute.archive.ImportedFiles;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Undoes an import. */
final class ImportUndo {

  private final Settings settings;
  private final Path home;

  ImportUndo(Settings settings, Path home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * The import with an ID.
   *
   * @throws CommandFailure if there is none
   */
  static Import require(Ledger ledger, long id) {
    return Import.find(ledger, id)
        .orElseThrow(() -> CommandFailure.failed("there is no import " + id));
  }

  Report run(long id, IntFunction<Progress> begin) throws InterruptedException {
    try (WorkClient workClient = WorkClient.open(settings, home)) {
      Ledger ledger = workClient.ledger();
      Import run = require(ledger, id);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      List<Import.Added> added = run.undo(ledger, now);
      try (Progress progress = begin.apply(added.size())) {
        List<String> remaining =
            new Requests(workClient.inbox())
                    .follow(
                        added, one -> request(run, one, now), ImportUndo::remainder, progress::step)
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        return new UndoReport(id, added.size(), remaining);
      }
    }
  }

  private static Optional<String> remainder(Import.Added one, EventStatus status) {
    String reason = status.reason().orElse("");
    boolean isDone = status.state() == EventState.DONE && !reason.contains("kept");
    return isDone
        ? Optional.empty()
        : Optional.of(one.activityId() + "  " + status.state().word() + ": " + reason);
  }

  private static NewEvent request(Import run, Import.Added one, Instant now) {
    return new NewEvent(
        ImportedFiles.UNDO,
        Priority.MANUAL,
        0,
        "activity",
        one.activityId(),
        "create",
        one.athleteId(),
        now,
        new TreeMap<>(Map.of(ImportedFiles.IMPORT, Long.toString(run.id()))));
  }

  /**
   * The result of undoing an import.
   *
   * @param remaining the activities that still have a file at a sink, with the reason
   */
  record UndoReport(long id, int activities, List<String> remaining) implements Report {

    @Override
    public int exitCode() {
      return remaining.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      out.printf(
          "import %d: %d of %d activities removed%n",
          id, activities - remaining.size(), activities);
      remaining.forEach(out::println);
    }
  }
}
