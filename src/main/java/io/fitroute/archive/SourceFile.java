package io.fitroute.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A file of an archive or folder that may contain an activity.
 *
 * @param name the path in the archive or folder, or another name that is unique there
 * @param size the size in bytes, as compressed
 * @param row its row in the archive's table, if any
 * @param obstacle why the file cannot be read; empty if it can
 * @param content the bytes, possibly compressed
 */
public record SourceFile(
    String name, long size, Optional<ExportRow> row, Optional<String> obstacle, Content content) {

  /** Opens the file. */
  public interface Content {
    /** A new stream from the first byte on, which the caller closes. */
    InputStream open() throws IOException;
  }

  static SourceFile of(String name, long size, Content content) {
    SourceFile file = new SourceFile(name, size, Optional.empty(), Optional.empty(), content);
    return isAppleDouble(name) ? file.blocked("it holds a file's attributes, from macOS") : file;
  }

  /**
   * Whether the file is one that macOS adds to archives and foreign disks for each other file, to
   * hold its attributes: {@code ._run.fit} for {@code run.fit}.
   */
  public static boolean isAppleDouble(String name) {
    return name.substring(name.lastIndexOf('/') + 1).startsWith("._");
  }

  /** A file that is only listed in the table. */
  static SourceFile absent(String name, ExportRow row, String obstacle) {
    return new SourceFile(
        name, 0, Optional.of(row), Optional.of(obstacle), InputStream::nullInputStream);
  }

  SourceFile blocked(String obstacle) {
    return new SourceFile(name, 0, row, Optional.of(obstacle), InputStream::nullInputStream);
  }

  SourceFile with(ExportRow found) {
    return new SourceFile(name, size, Optional.of(found), obstacle, content);
  }
}
