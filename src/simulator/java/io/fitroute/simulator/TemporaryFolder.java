package io.fitroute.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A folder of the fake's own that goes with it. */
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

  /** Removes the folder and what is in it; a second time does nothing. */
  void delete() {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
