package io.fitroute.cli;

import io.fitroute.runtime.Backups;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

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
final class RestoreCommand extends BackupCommand {

  @Override
  List<Path> done(Settings settings, Backups backups, Path folder) throws IOException {
    Path data = settings.path("data.dir");
    ServiceLock lock =
        ServiceLock.takeAlone(data)
            .orElseThrow(
                () ->
                    new IOException(
                        "a service, or another command, works on " + data + ": stop it first"));
    try (lock) {
      return backups.restore(folder);
    }
  }
}
