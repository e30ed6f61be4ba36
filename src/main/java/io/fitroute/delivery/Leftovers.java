package io.fitroute.delivery;

import io.fitroute.export.ExportFolder;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes temporary files of dead processes. Those of an event are removed when it is retried; the
 * others are found by age.
 */
public final class Leftovers {

  static final String TEMPORARY_PREFIX = ".fitroute-";

  private static final Pattern TEMPORARY =
      Pattern.compile(Pattern.quote(TEMPORARY_PREFIX) + ".*|\\d+-[a-z]+[.]part");

  /** No file is written for that long, and no clock is set back that far. */
  private static final Duration OLD = Duration.ofDays(1);

  private final List<Path> folders;
  private final Clock clock;

  /**
   * @param folders the folders to search, including subfolders; they need not exist
   */
  public Leftovers(List<Path> folders, Clock clock) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
  }

  /** Searches the folders of exports and of downloads. */
  public static Leftovers of(Settings settings, ExportFolder exports, Clock clock) {
    return new Leftovers(List.of(exports.path(), settings.path("download.base-dir")), clock);
  }

  /** Removes them and returns their number. */
  public int remove() throws IOException {
    Removal removal = new Removal(clock.instant().minus(OLD));
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, removal);
      }
    }
    return removal.removed;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Instant old;
    private int removed;

    Removal(Instant old) {
      this.old = old;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()
          && TEMPORARY.matcher(file.getFileName().toString()).matches()
          && attributes.lastModifiedTime().toInstant().isBefore(old)
          && Files.deleteIfExists(file)) {
        removed++;
      }
      return FileVisitResult.CONTINUE;
    }

    /** A file that cannot be read is not ours. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
