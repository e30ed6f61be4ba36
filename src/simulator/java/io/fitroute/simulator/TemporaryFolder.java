package io.fitroute.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A temporary folder of the fake. */
final class TemporaryFolder {

  private final Path folder;

  TemporaryFolder() {
    try {
      this.folder = Files.createTempDirectory("fake-strava");
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  String path() {
    return folder.toString();
  }

  /** Deletes the folder with its contents; may be repeated. */
  void delete() {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
