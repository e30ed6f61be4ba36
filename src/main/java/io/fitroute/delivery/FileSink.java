package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Puts files into a folder so that they are there whole or not at all, even if the power fails:
 * written under a temporary name in the same folder, forced to disk, renamed in one step, and the
 * folder's entry forced as well. (Camel's file component renames, but never forces.)
 */
public final class FileSink {

  static final String TEMPORARY_PREFIX = ".fitroute-";

  private static final String TRASH = "trash";
  private static final int MOST_NUMBERS = 1000;

  private final Path base;

  /**
   * @param base the folder below which files go; made when it is not there
   */
  public FileSink(String base) {
    this.base = Path.of(base).toAbsolutePath().normalize();
  }

  /**
   * Delivers the body, a file, to the path in the header {@code file}.
   *
   * <p>If the same file is there already, that is success. If another one is, it is left alone, and
   * this one gets a number behind its name; the header then says so. With the header {@code
   * replace}, this file takes the place of what is there, in one step.
   *
   * @throws IOException if it cannot be done; nothing is left behind then
   */
  public void deliver(Exchange exchange, @Body Path file) throws IOException {
    String wanted = exchange.getMessage().getHeader("file", String.class);
    if (exchange.getMessage().getHeader("replace", false, Boolean.class)) {
      publish(file, resolve(wanted), true);
      return;
    }
    exchange.getMessage().setHeader("file", deliver(file, wanted));
  }

  String deliver(Path file, String wanted) throws IOException {
    String path = wanted;
    for (int number = 2; number < MOST_NUMBERS; number++) {
      Path target = resolve(path);
      if (publish(file, target, false) || isSame(file, target)) {
        return path;
      }
      path = numbered(wanted, number);
    }
    throw new IOException("there are already " + MOST_NUMBERS + " files named like " + wanted);
  }

  private static boolean isSame(Path file, Path target) throws IOException {
    return Files.isRegularFile(target) && Files.mismatch(file, target) < 0;
  }

  /**
   * Moves the file at the path in the header {@code file} into {@code trash/}, where it keeps its
   * path. If there is none, there is nothing to do.
   */
  public void trash(@Header("file") String path) throws IOException {
    Path file = resolve(path);
    if (Files.exists(file)) {
      Path target = resolve(TRASH + "/" + path);
      DurableFiles.makeFolders(target.getParent());
      DurableFiles.move(file, target);
    }
  }

  /**
   * Moves the file at the path in the header {@code file} to the one in the header {@code to},
   * which afterwards holds the path at which the file is. Another file is never replaced.
   */
  public void move(Exchange exchange, @Header("file") String from, @Header("to") String to)
      throws IOException {
    Path file = resolve(from);
    Path target = resolve(to);
    if (!Files.exists(file) || isTaken(target)) {
      exchange.getMessage().setHeader("to", Files.exists(file) ? from : to);
      return;
    }
    DurableFiles.makeFolders(target.getParent());
    DurableFiles.move(file, target);
  }

  /**
   * Looks for the file with the SHA-256 in the header {@code sha256} that an attempt may have put
   * to the path in the header {@code file}, or under a number behind that name. The header {@code
   * file} then holds the path at which it is; if it is not there, there is no such header.
   *
   * <p>What an attempt at the event in the header {@code event} left unfinished is removed.
   */
  public void find(
      Exchange exchange,
      @Header("file") String wanted,
      @Header("sha256") String sha256,
      @Header("event") long event)
      throws IOException {
    removeTemporaries(resolve(wanted).getParent(), event);
    exchange.getMessage().removeHeader("file");
    String path = wanted;
    for (int number = 2; number < MOST_NUMBERS && isTaken(resolve(path)); number++) {
      if (has(resolve(path), sha256)) {
        exchange.getMessage().setHeader("file", path);
        return;
      }
      path = numbered(wanted, number);
    }
  }

  private static void removeTemporaries(Path folder, long event) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, TEMPORARY_PREFIX + event + "-*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Looks for the file at the path in the header {@code file}: the header {@code size} is its size
   * in bytes, or -1 if it is not there; the header {@code sha256} its checksum.
   */
  public void look(Exchange exchange, @Header("file") String path) throws IOException {
    Path file = resolve(path);
    boolean there = Files.isRegularFile(file);
    exchange.getMessage().setHeader("size", there ? Files.size(file) : -1L);
    if (there) {
      exchange.getMessage().setHeader("sha256", ExportedFile.measured(file, "").sha256());
    }
  }

  /** Copies the file at the path in the header {@code file} to the one in {@code into}. */
  public void fetch(@Header("file") String path, @Header("into") Path into) throws IOException {
    Files.copy(resolve(path), into, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes the file at the path in the header {@code file}, if it is the one of that SHA-256. */
  public void withdraw(@Header("file") String path, @Header("sha256") String sha256)
      throws IOException {
    if (has(resolve(path), sha256)) {
      DurableFiles.delete(resolve(path));
    }
  }

  private static boolean has(Path file, String sha256) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && ExportedFile.measured(file, "").sha256().equals(sha256);
  }

  /** Removes the file at the path in the header {@code file}, if it is there. */
  public void purge(@Header("file") String path) throws IOException {
    DurableFiles.delete(resolve(path));
  }

  private Path resolve(String path) throws IOException {
    Path target = base.resolve(path).normalize();
    if (!target.startsWith(base) || target.equals(base)) {
      throw new IOException("the path " + path + " leads out of the sink's folder");
    }
    return target;
  }

  private static String numbered(String path, int number) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/')
        ? path.substring(0, dot) + "-" + number + path.substring(dot)
        : path + "-" + number;
  }

  /**
   * Publishes a file. The temporary name is made of the file's own, so that two that are to go to
   * the same place do not write into each other, and what a crash left behind is used again.
   *
   * @return false if something is there already, unless it is to be replaced
   */
  private boolean publish(Path file, Path target, boolean replace) throws IOException {
    if (!replace && isTaken(target)) {
      return false;
    }
    DurableFiles.makeFolders(target.getParent());
    Path temporary = target.resolveSibling(TEMPORARY_PREFIX + file.getFileName());
    try {
      DurableFiles.copy(file, temporary);
      return rename(temporary, target, replace);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private synchronized boolean rename(Path temporary, Path target, boolean replace)
      throws IOException {
    if (!replace && isTaken(target)) {
      return false;
    }
    DurableFiles.move(temporary, target);
    return true;
  }

  private static boolean isTaken(Path target) {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }
}
