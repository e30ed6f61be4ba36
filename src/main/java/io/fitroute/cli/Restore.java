package io.fitroute.cli;

import io.fitroute.service.Backups;
import io.fitroute.service.ServiceLock;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute restore}: puts a backup back. */
@Command(
    name = "restore",
    description = {
      "Put the ledger and the key of its tokens back from a folder that ./fitroute backup has made."
          + " The service has to be stopped. What is there is kept beside it (.before-restore); a"
          + " PostgreSQL database has to be empty.",
      "The settings in the folder (.env, application.properties) are left for you to compare."
    },
    footer = {"  ./fitroute restore /backup/2026-11-29"})
final class Restore extends Reporting {

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Override
  public Integer call() {
    Settings settings = settings();
    Path data = settings.path("data.dir");
    ServiceLock lock =
        ServiceLock.takeAlone(data)
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "a service, or another command, works on " + data + ": stop it first"));
    try (lock) {
      Backups backups =
          new Backups(settings, surroundings().workingDirectory(), surroundings().home());
      return report(
          new Backup.BackupReport(
              "restored",
              backups.restore(surroundings().workingDirectory().resolve(folder)).stream()
                  .map(Path::toString)
                  .toList(),
              List.of("./fitroute doctor", "./fitroute verify")));
    } catch (IOException e) {
      throw CommandFailure.failed("not restored: " + e.getMessage());
    }
  }
}
