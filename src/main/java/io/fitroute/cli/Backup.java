package io.fitroute.cli;

import io.fitroute.service.Backups;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute backup}: a consistent copy of what cannot be had again. */
@Command(
    name = "backup",
    description = {
      "Copy the ledger, the key of its tokens and the settings into a folder, for your eyes only."
          + " The service may run meanwhile; with PostgreSQL it has to be stopped.",
      "Whoever has this folder has the tokens. The FIT files are not in it."
    },
    footer = {"  ./fitroute backup /backup/2026-11-29", "  ./fitroute restore /backup/2026-11-29"})
final class Backup extends Reporting {

  @Parameters(paramLabel = "DIR", description = "The folder; it is made, or holds no backup yet.")
  private Path folder;

  @Override
  public Integer call() {
    try {
      Backups backups =
          new Backups(settings(), surroundings().workingDirectory(), surroundings().home());
      return report(
          new BackupReport(
              "copied",
              backups.make(surroundings().workingDirectory().resolve(folder)).stream()
                  .map(Path::toString)
                  .toList(),
              List.of()));
    } catch (IOException e) {
      throw CommandFailure.failed("no backup was made: " + e.getMessage());
    }
  }

  /**
   * What was copied.
   *
   * @param next what there is to do
   */
  record BackupReport(String what, List<String> files, List<String> next) implements Report {

    @Override
    public void print(PrintWriter out) {
      files.forEach(file -> out.println(what + " " + file));
      next.forEach(step -> out.println("next: " + step));
    }
  }
}
