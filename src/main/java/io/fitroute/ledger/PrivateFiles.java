package io.fitroute.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner may look into, where the system knows owners. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes a folder, if it is not there. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, permissions(folder, "rwx------"));
  }

  /** Makes an empty file, if there is none; of one that is there, its owner's permissions stand. */
  static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, ofFile(file));
    } catch (FileAlreadyExistsException e) {
      // as it should be
    }
  }

  /** What a new file is made with. */
  public static FileAttribute<?>[] ofFile(Path file) {
    return permissions(file, "rw-------");
  }

  private static FileAttribute<?>[] permissions(Path path, String allowed) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(allowed))
        }
        : new FileAttribute<?>[0];
  }
}
