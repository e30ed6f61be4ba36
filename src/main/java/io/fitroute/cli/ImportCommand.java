package io.fitroute.cli;

import io.fitroute.cli.report.ImportReport;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute import}: imports files, and lists of other tools. */
@Command(
    name = "import",
    description = {
      "Import activities from files: Strava's bulk export (a zip, or its unpacked folder), folders"
          + " and files of FIT, GPX and TCX, optionally compressed with gzip. They are delivered to"
          + " the same paths and sinks as downloaded ones, each once. You can stop it at any time:"
          + " run the same command again to continue. A second run changes nothing. These files"
          + " include what you cropped or hid at Strava.",
      "A file whose activity is not known is named by its start, and recognised when Strava"
          + " announces the activity.",
      "PATH can also be the list of another tool, downloaded_activities.json"
          + " ({\"downloaded_activities\":[{\"activity_id\":...,\"download_time\":...,\"file_path\":...}]});"
          + " its files stay where they are, in download.base-dir, and are never downloaded"
          + " again. Or an array of activities from Strava's API, whose details then need not be"
          + " requested."
    },
    footer = {
      "  ./fitroute import export_4455667.zip --dry-run",
      "  ./fitroute import export_4455667.zip",
      "  ./fitroute import ~/watch/activities run.fit.gz",
      "  ./fitroute import --retry 3",
      "  ./fitroute import --undo 3",
      "  ./fitroute import downloaded_activities.json"
    })
final class ImportCommand extends Reporting {

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "A zip, folder, file or JSON list.")
  private List<Path> paths = List.of();

  @Option(names = "--dry-run", description = "Check everything, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description =
          "The athlete that the files belong to (default: the archive's owner, otherwise the only"
              + " connected athlete).")
  private Optional<Long> athlete = Optional.empty();

  @Option(
      names = "--retry",
      paramLabel = "IMPORT",
      description = "Try the broken files of an earlier import again.")
  private Optional<Long> retried = Optional.empty();

  @Option(
      names = "--undo",
      paramLabel = "IMPORT",
      description = "Remove what an earlier import added, and nothing else.")
  private Optional<Long> undone = Optional.empty();

  @Override
  public Integer call() throws InterruptedException, IOException {
    requireSense();
    Settings settings = settings();
    if (undone.isPresent()) {
      return report(
          new ImportUndo(settings, environment().home())
              .run(undone.get(), total -> progress("undoing", total)));
    }
    if (paths.size() == 1 && isList(paths.get(0))) {
      return report(
          new ListImport(paths.get(0), environment().workingDirectory(), dryRun)
              .run(settings, total -> progress("importing", total)));
    }
    List<Path> all = paths.stream().map(environment().workingDirectory()::resolve).toList();
    try (Progress progress = progress("importing", 0)) {
      FilesImport files = new FilesImport(settings, athlete.map(Object::toString), progress);
      ImportReport report =
          dryRun
              ? files.examine(all)
              : retried.isPresent()
                  ? files.retry(retried.get(), environment().home())
                  : files.take(all, environment().home());
      return report(report);
    }
  }

  private void requireSense() {
    boolean earlier = retried.isPresent() || undone.isPresent();
    if (earlier == !paths.isEmpty() || retried.isPresent() && undone.isPresent()) {
      throw CommandFailure.wrongUsage("needs either PATH, or --retry or --undo of an import");
    }
    if (earlier && dryRun) {
      throw CommandFailure.wrongUsage("--dry-run needs PATH");
    }
    if (paths.size() > 1 && paths.stream().anyMatch(ImportCommand::isList)) {
      throw CommandFailure.wrongUsage("a JSON document is imported alone");
    }
  }

  private static boolean isList(Path path) {
    return path.toString().endsWith(".json");
  }
}
