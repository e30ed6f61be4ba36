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
 * The files that somebody names on the command line, and instead of a zip what is inside.
 *
 * @param <T> what is found out about a file
 */
abstract class NamedFiles<T> {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path workingDirectory;
  private final String kind;
  private final Pattern wanted;

  /**
   * @param kind what the files are called, in the singular
   * @param wanted what is found in the names of those files in a zip; such an archive also holds
   *     much else
   */
  NamedFiles(Path workingDirectory, String kind, Pattern wanted) {
    this.workingDirectory = workingDirectory;
    this.kind = kind;
    this.wanted = wanted;
  }

  /**
   * Reads one file; in a zip, one after the other.
   *
   * @param bytes are left open
   */
  abstract T read(String name, InputStream bytes) throws IOException;

  /** A file that cannot be read. */
  abstract T unreadable(String name, String problem);

  /** What is found out about a file, or about those inside. */
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
