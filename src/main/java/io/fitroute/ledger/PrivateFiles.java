package io.fitroute.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner can read, where the system supports this. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates a folder if it does not exist. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, permissions(folder, "rwx------"));
  }

  /** Creates an empty file if it does not exist; the permissions of an existing file are kept. */
  static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, ofFile(file));
    } catch (FileAlreadyExistsException e) {
      // it exists already
    }
  }

  /** The permissions for new files. */
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
