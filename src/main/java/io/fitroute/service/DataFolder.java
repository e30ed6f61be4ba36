package io.fitroute.service;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new CannotStart("the folder " + folder + " cannot be made: " + e.getMessage(), e);
    }
  }
}
