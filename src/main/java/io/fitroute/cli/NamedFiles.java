package io.fitroute.cli;

import io.fitroute.archive.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads the files named on the command line. A zip stands for the files inside it.
 *
 * @param <T> the result for a file
 */
abstract class NamedFiles<T> {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path workingDirectory;
  private final String kind;
  private final Pattern wanted;

  /**
   * @param kind what to call such a file in messages, in the singular
   * @param wanted found in the names of the files to read from a zip; other files in it are ignored
   */
  NamedFiles(Path workingDirectory, String kind, Pattern wanted) {
    this.workingDirectory = workingDirectory;
    this.kind = kind;
    this.wanted = wanted;
  }

  /**
   * Reads one file. Called once for each matching file in a zip.
   *
   * @param bytes the content; not closed
   */
  abstract T read(String name, InputStream bytes) throws IOException;

  /** The result for a file that cannot be read. */
  abstract T unreadable(String name, String problem);

  /** The results for a file, or for the files inside a zip. */
  final List<T> in(Path file) {
    Path path = workingDirectory.resolve(file);
    if (Files.isDirectory(path)) {
      return List.of(unreadable(file.toString(), "it is a folder"));
    }
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path))) {
      return isZip(bytes)
          ? inside(file.toString(), bytes)
          : List.of(readOrFail(file.toString(), bytes));
    } catch (NoSuchFileException e) {
      return List.of(unreadable(file.toString(), "there is no such file"));
    } catch (AccessDeniedException e) {
      return List.of(unreadable(file.toString(), "no permission to read it"));
    } catch (IOException e) {
      return List.of(unreadable(file.toString(), problem(e)));
    }
  }

  private static boolean isZip(InputStream bytes) throws IOException {
    bytes.mark(ZIP.length);
    byte[] start = bytes.readNBytes(ZIP.length);
    bytes.reset();
    return Arrays.equals(start, ZIP);
  }

  private List<T> inside(String file, InputStream bytes) {
    List<T> found = new ArrayList<>();
    ZipInputStream zip = new ZipInputStream(bytes);
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (wanted.matcher(entry.getName()).find() && !SourceFile.isAppleDouble(entry.getName())) {
          found.add(readOrFail(file + "/" + entry.getName(), zip));
        }
      }
    } catch (IOException e) {
      found.add(unreadable(file, problem(e)));
    }
    return found.isEmpty() ? List.of(unreadable(file, "the zip contains no " + kind)) : found;
  }

  private T readOrFail(String name, InputStream bytes) {
    try {
      return read(name, bytes);
    } catch (IOException e) {
      return unreadable(name, problem(e));
    }
  }

  private static String problem(IOException failure) {
    return "it cannot be read: " + failure.getMessage();
  }
}
