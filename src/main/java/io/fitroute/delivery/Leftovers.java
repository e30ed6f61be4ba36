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
 * Temporary files whose process died. What belongs to an event is removed when its turn comes
 * again; this finds the rest, by its age.
 */
public final class Leftovers {

  static final String TEMPORARY_PREFIX = ".fitroute-";

  private static final Pattern TEMPORARY =
      Pattern.compile(Pattern.quote(TEMPORARY_PREFIX) + ".*|\\d+-[a-z]+[.]part");

  /** Nobody writes to a file for that long, and no clock is set back that far. */
  private static final Duration OLD = Duration.ofDays(1);

  private final List<Path> folders;
  private final Clock clock;

  /**
   * @param folders where to look, in folders below them as well; they need not be there
   */
  public Leftovers(List<Path> folders, Clock clock) {
    this.folders = List.copyOf(folders);
    this.clock = clock;
  }

  /** In the folders of exports and of downloads. */
  public static Leftovers of(Settings settings, ExportFolder exports, Clock clock) {
    return new Leftovers(List.of(exports.path(), settings.path("download.base-dir")), clock);
  }

  /**
   * Removes them.
   *
   * @return how many they were
   */
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

    /** What cannot be looked into is none of ours. */
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
