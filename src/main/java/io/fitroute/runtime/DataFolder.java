package io.fitroute.runtime;

import io.fitroute.ledger.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder {@code data.dir}, which only its owner can read. */
final class DataFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private DataFolder() {}

  /** Logs a warning if others can read a secret file. */
  static void warnOfReaders(Path secret) {
    try {
      if (Files.getPosixFilePermissions(secret).stream().anyMatch(OTHERS::contains)) {
        LOG.warn("{} is readable by others: run chmod 600 {}", secret, secret);
      }
    } catch (IOException | UnsupportedOperationException none) {
      // the file or its permissions do not exist
    }
  }

  /**
   * Creates the folder if it does not exist.
   *
   * @throws CannotStart on failure
   */
  static void make(Path folder) {
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new CannotStart("the folder " + folder + " cannot be created: " + e.getMessage(), e);
    }
  }
}
