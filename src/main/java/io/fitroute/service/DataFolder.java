package io.fitroute.service;

import io.fitroute.ledger.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The folder {@code data.dir}, into which only its owner may look. */
final class DataFolder {

  private DataFolder() {}

  /**
   * Makes it, if it is not there.
   *
   * @throws CannotStart if that is not possible
   */
  static void make(Path folder) {
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new CannotStart("the folder " + folder + " cannot be made: " + e.getMessage(), e);
    }
  }
}
