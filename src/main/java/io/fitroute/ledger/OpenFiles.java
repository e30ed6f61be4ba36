package io.fitroute.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * Checks that an SQLite file and its journal are still the ones that were opened. If they are
 * deleted or replaced, open connections continue on files that cannot be found any more. Not
 * thread-safe.
 */
final class OpenFiles {

  private final Path file;
  private final Path journal;
  private final Optional<Object> opened;
  private Optional<List<Optional<Object>>> all = Optional.empty();

  /**
   * @param file the file that is about to be opened
   */
  OpenFiles(Path file) {
    this.file = file.toAbsolutePath();
    this.journal = Path.of(followed(this.file) + "-wal");
    this.opened = identity(this.file);
  }

  /**
   * Checks this within a transaction or directly after one.
   *
   * @throws LedgerUnavailable if the data would be written to a file that is no longer at its path
   */
  void require() {
    List<Optional<Object>> now = List.of(identity(file), identity(journal));
    if (all.isEmpty()) {
      all = Optional.of(List.of(opened, now.get(1)));
    }
    if (!all.get().equals(now)) {
      throw new LedgerUnavailable(
          "the ledger "
              + file
              + " or its journal was deleted or replaced while it was open: restore it, or"
              + " restart the service");
    }
  }

  /** SQLite puts its journal beside the file that a link points to. */
  private static Path followed(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path;
    }
  }

  /** Distinguishes a file from others at the same path; empty if there is none. */
  private static Optional<Object> identity(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(Optional.ofNullable(attributes.fileKey()).orElse("there"));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
