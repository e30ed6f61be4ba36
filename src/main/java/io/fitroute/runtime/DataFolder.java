package io.fitroute.runtime;

import io.fitroute.ledger.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder {@code data.dir}, into which only its owner may look. */
final class DataFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private DataFolder() {}

  /** Says so if others may read a secret file in it. */
  static void warnOfReaders(Path secret) {
    try {
      if (Files.getPosixFilePermissions(secret).stream().anyMatch(OTHERS::contains)) {
        LOG.warn("{} is readable by others: run chmod 600 {}", secret, secret);
      }
    } catch (IOException | UnsupportedOperationException none) {
      // there is no such file, or no such permissions here
    }
  }

  /**
   * Makes it, if it is not there.
   *
   * @throws CannotStart if that is not possible
   */
  static void make(Path folder) {
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new CannotStart("the folder " + folder + " cannot be created: " + e.getMessage(), e);
    }
  }
}
