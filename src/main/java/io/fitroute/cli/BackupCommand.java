package io.fitroute.cli;

import io.fitroute.cli.report.Report;
import io.fitroute.runtime.Backups;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute backup}: makes a consistent copy of what cannot be recreated. */
@Command(
    name = "backup",
    description = {
      "Copy the ledger, the encryption key of its tokens and the settings into a folder that only"
          + " you can read. The service can be running; with PostgreSQL it must be stopped.",
      "Whoever has this folder has the tokens. It does not contain the FIT files."
    },
    footer = {"  ./fitroute backup /backup/2026-11-29", "  ./fitroute restore /backup/2026-11-29"})
class BackupCommand extends Reporting {

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Override
  public final Integer call() {
    Settings settings = settings();
    Backups backups = new Backups(settings, environment().workingDirectory(), environment().home());
    try {
      Path place = environment().workingDirectory().resolve(folder);
      return report(
          new BackupReport(done(settings, backups, place).stream().map(Path::toString).toList()));
    } catch (IOException e) {
      throw CommandFailure.failed("nothing was copied: " + e.getMessage());
    }
  }

  /** Makes the copy and returns the files created. */
  List<Path> done(Settings settings, Backups backups, Path place) throws IOException {
    return backups.make(place);
  }

  record BackupReport(List<String> files) implements Report {

    @Override
    public void print(PrintWriter out) {
      files.forEach(file -> out.println("copied to " + file));
    }
  }
}
