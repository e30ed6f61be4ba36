package io.fitroute.cli;

import io.fitroute.runtime.Backups;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code fitroute restore}: restores a backup. */
@Command(
    name = "restore",
    description = {
      "Restore the ledger and the encryption key of its tokens from a backup. The service"
          + " must be stopped. Existing files are renamed (.before-restore); a PostgreSQL database"
          + " must be empty.",
      "The settings in the folder (.env, application.properties) are not restored: compare them."
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
                        "a service or another command is using " + data + ": stop it first"));
    try (lock) {
      return backups.restore(folder);
    }
  }
}
