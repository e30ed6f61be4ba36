package io.fitroute.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A file of an archive or a folder that may be an activity's.
 *
 * @param name the path in the archive or below the folder, or what else identifies it there
 * @param size how many bytes there are to read, packed
 * @param row what the archive's table says of it
 * @param obstacle why there is nothing to read
 * @param content the bytes, packed or not
 */
public record SourceFile(
    String name, long size, Optional<ExportRow> row, Optional<String> obstacle, Content content) {

  /** Opens the file. */
  public interface Content {
    /** The bytes, from the first one on. */
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

  /** One of which only the table tells. */
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
