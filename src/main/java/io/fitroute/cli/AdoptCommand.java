package io.fitroute.cli;

import io.fitroute.archive.KnownActivities;
import io.fitroute.delivery.DownloadList.Entry;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.fit.Sha256;
import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute adopt}: records the FIT files of a folder as delivered, without copying them. */
@Command(
    name = "adopt",
    description = {
      "Take over the FIT files of a folder in download.base-dir as they are: they count as"
          + " delivered, and are never downloaded again. Nothing is copied, moved or changed.",
      "A file that is named by a number belongs to the activity with that ID, any other one to the"
          + " activity that began with it; if none did, it is recognised when Strava announces it."
    },
    footer = {"  ./fitroute adopt downloads --dry-run", "  ./fitroute adopt downloads/2024"})
final class AdoptCommand extends Reporting {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.BASIC_ISO_DATE.withZone(ZoneOffset.UTC);

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Option(names = "--dry-run", description = "Check everything, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    Path tree = environment().workingDirectory().resolve(folder);
    Path base = settings.path("download.base-dir");
    if (!settings.list("fit.sinks").contains("file")) {
      throw CommandFailure.notConfigured(
          "fit.sinks has no sink \"file\", so files in a folder do not count as delivered");
    }
    if (!Files.isDirectory(tree)) {
      throw CommandFailure.failed("there is no folder " + tree);
    }
    if (!Files.exists(base) || !tree.toRealPath().startsWith(base.toRealPath())) {
      throw CommandFailure.failed(
          tree
              + " is outside download.base-dir, which is "
              + base
              + ": set that to the folder, or import the files");
    }
    List<Entry> entries = entries(tree);
    try (Progress progress = progress("adopting", entries.size())) {
      return report(
          new ListImport(folder, environment().workingDirectory(), dryRun)
              .take(
                  settings,
                  entries,
                  progress,
                  (adoption, ledger, one) ->
                      adoption.examineFile(identified(one, ledger), ledger)));
    }
  }

  private static List<Entry> entries(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".fit"))
          .sorted()
          .map(file -> new Entry("", "", file.toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw CommandFailure.failed(
          tree + " holds what cannot be read: " + e.getCause().getMessage());
    }
  }

  /** The entry with its activity's ID; unchanged if the file cannot be read. */
  private static Entry identified(Entry entry, Optional<Ledger> ledger) {
    Sha256 sum = new Sha256();
    try (InputStream bytes = sum.over(Files.newInputStream(Path.of(entry.filePath())))) {
      FitReport report = new FitCheck().check(bytes);
      String sha256 = sum.text();
      String id =
          number(entry, report)
              .or(() -> ledger.flatMap(known -> known(known, report, sha256)))
              .orElseGet(() -> KnownActivities.ownId(sha256));
      return new Entry(id, "", entry.filePath());
    } catch (IOException | InvalidFitFile unreadable) {
      return entry;
    }
  }

  /**
   * The file name without extension, if it is a number that does not begin with the date of the
   * activity's start.
   */
  private static Optional<String> number(Entry entry, FitReport report) {
    String name = Path.of(entry.filePath()).getFileName().toString().replaceFirst("[.][^.]*$", "");
    return Optional.of(name)
        .filter(NUMBER.asMatchPredicate())
        .filter(
            number -> report.startTime().stream().map(DAY::format).noneMatch(number::startsWith));
  }

  private static Optional<String> known(Ledger ledger, FitReport report, String sha256) {
    return KnownActivities.withContent(ledger.read(), sha256).stream()
        .findFirst()
        .or(() -> KnownActivities.matching(ledger.read(), report));
  }
}
