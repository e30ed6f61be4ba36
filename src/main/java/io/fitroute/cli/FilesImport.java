package io.fitroute.cli;

import io.fitroute.archive.Import;
import io.fitroute.archive.Import.State;
import io.fitroute.archive.Intake;
import io.fitroute.archive.Source;
import io.fitroute.archive.SourceFile;
import io.fitroute.archive.Verdict;
import io.fitroute.cli.report.ImportReport;
import io.fitroute.cli.report.ImportReport.Summary;
import io.fitroute.cli.report.Printable;
import io.fitroute.inbox.Outcomes;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Imports zips, folders and files, and waits for their delivery. */
final class FilesImport {

  private static final int BETWEEN_LOOKS = 20;
  private static final double MEGABYTE = 1e6;

  private final Settings settings;
  private final Optional<String> athlete;
  private final Progress progress;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param athlete the ID of the athlete the files belong to; empty to determine it from the source
   */
  FilesImport(Settings settings, Optional<String> athlete, Progress progress) {
    this.settings = settings;
    this.athlete = athlete;
    this.progress = progress;
  }

  private static Source open(Path path) {
    try {
      return Source.open(path);
    } catch (IOException e) {
      throw CommandFailure.failed(
          Printable.line(path.toString()) + " cannot be imported: " + e.getMessage());
    }
  }

  /** Imports all paths, one after the other. An interrupted import resumes where it stopped. */
  ImportReport take(List<Path> paths, Path home) throws InterruptedException, IOException {
    for (Path path : paths) {
      open(path).close();
    }
    try (WorkClient workClient = WorkClient.open(settings, home)) {
      List<Summary> summaries = new ArrayList<>();
      for (Path path : paths) {
        try (Source source = open(path)) {
          Import run =
              Import.begin(
                  workClient.ledger(),
                  path.toRealPath().toString(),
                  version(path),
                  source.provenance(),
                  clock.instant());
          summaries.add(take(workClient.ledger(), run, source, false));
        }
      }
      return new ImportReport(false, summaries);
    }
  }

  /** Imports the broken files of an earlier import again. */
  ImportReport retry(long id, Path home) throws InterruptedException, IOException {
    try (WorkClient workClient = WorkClient.open(settings, home)) {
      Ledger ledger = workClient.ledger();
      Import run = ImportUndo.require(ledger, id);
      if (run.undone()) {
        throw CommandFailure.failed("import " + id + " was undone: import the files again");
      }
      try (Source source = open(Path.of(run.what()))) {
        new Outcomes(ledger, clock).replay(run.deadEvents(ledger));
        return new ImportReport(false, List.of(take(ledger, run, source, true)));
      }
    }
  }

  private static String version(Path path) throws IOException {
    return Files.isDirectory(path)
        ? "folder"
        : Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis();
  }

  private Summary take(Ledger ledger, Import run, Source source, boolean retries)
      throws InterruptedException {
    Intake intake = new Intake(settings, ledger, exports(), athleteId(ledger, source), clock);
    Set<String> settled = run.settled(ledger, retries);
    ReadSoFar soFar = ReadSoFar.none(source);
    int room = 0;
    for (SourceFile file : source.files()) {
      if (!settled.contains(file.name())) {
        room = room > 0 ? room - 1 : awaitRoom(intake, soFar);
        take(intake, run, file);
      }
      soFar = soFar.plus(file);
      progress.show(soFar.line());
    }
    intake.finish();
    run.end(ledger, clock.instant());
    while (run.isMoving(ledger, clock.instant())) {
      progress.show(soFar.line() + ", the last are being delivered");
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
    }
    return Summary.of(run, run.entries(ledger), source.remark());
  }

  private void take(Intake intake, Import run, SourceFile file) {
    try {
      intake.take(run, file);
    } catch (IOException e) {
      throw CommandFailure.failed(
          Printable.line(file.name())
              + " cannot be stored in data.dir ("
              + e.getMessage()
              + "): the files before it are imported; run the same command again to continue");
    }
  }

  private int awaitRoom(Intake intake, ReadSoFar soFar) throws InterruptedException {
    int room = intake.room();
    while (room <= 0) {
      progress.show(soFar.line() + ", waiting for earlier files to be delivered");
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
      room = intake.room();
    }
    return room - 1;
  }

  private Path exports() {
    return settings.path("data.dir").resolve("exports");
  }

  private String athleteId(Ledger ledger, Source source) {
    List<Athletes.Athlete> connected = new Athletes(ledger, clock).all();
    return athlete
        .or(source::athleteId)
        .or(
            () ->
                connected.stream()
                    .map(one -> one.id())
                    .filter(id -> connected.size() == 1)
                    .findFirst())
        .orElse("");
  }

  /** The progress within a source, in files and in compressed bytes. */
  private record ReadSoFar(int files, long bytes, int allFiles, long allBytes) {

    static ReadSoFar none(Source source) {
      return new ReadSoFar(0, 0, source.files().size(), source.bytes());
    }

    ReadSoFar plus(SourceFile file) {
      return new ReadSoFar(files + 1, bytes + file.size(), allFiles, allBytes);
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "importing: %d of %d files, %.1f of %.1f MB",
          files,
          allFiles,
          bytes / MEGABYTE,
          allBytes / MEGABYTE);
    }
  }

  /** Reports what {@link #take} would do, without changing anything. */
  ImportReport examine(List<Path> paths) throws IOException {
    Path folder = Files.createTempDirectory("fitroute-import");
    try (Ledger ledger =
        LedgerFile.openExisting(settings)
            .orElseGet(() -> Ledger.open("jdbc:sqlite:" + folder.resolve("none.db"), "", ""))) {
      List<Summary> summaries = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (Path path : paths) {
        try (Source source = open(path)) {
          summaries.add(examine(ledger, folder, path, source, seen));
        }
      }
      return new ImportReport(true, summaries);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Summary examine(Ledger ledger, Path folder, Path path, Source source, Set<String> seen)
      throws IOException {
    Import run = new Import(0, path.toRealPath().toString(), "", source.provenance(), false);
    Intake intake = new Intake(settings, ledger, folder, athleteId(ledger, source), clock);
    List<Import.Entry> entries = new ArrayList<>();
    ReadSoFar soFar = ReadSoFar.none(source);
    for (SourceFile file : source.files()) {
      Verdict verdict = intake.examine(run, file);
      boolean isNew =
          !verdict.isDelivered()
              || verdict.activityId().filter(seen::add).isPresent()
                  && verdict.sha256().filter(seen::add).isPresent();
      entries.add(
          new Import.Entry(
              file.name(),
              isNew ? verdict.state() : State.KNOWN,
              verdict.reason(),
              verdict.activityId()));
      soFar = soFar.plus(file);
      progress.show(soFar.line());
    }
    return Summary.of(run, entries, source.remark());
  }
}
