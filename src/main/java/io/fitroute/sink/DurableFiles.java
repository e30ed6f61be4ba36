package io.fitroute.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** File operations whose effect survives a power failure directly afterwards. */
public final class DurableFiles {

  private DurableFiles() {}

  /**
   * Copies the content of a file; whatever is at the target, including a symbolic link, is
   * replaced.
   */
  public static void copy(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    try (FileChannel in = FileChannel.open(from);
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
      long size = in.size();
      long copied = 0;
      while (copied < size) {
        copied += in.transferTo(copied, size - copied, out);
      }
      out.force(true);
    }
  }

  /**
   * Moves a file atomically, replacing a file at the target.
   *
   * @throws IOException if that is not possible; nothing has changed then
   */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the folder's file system cannot rename in one step", e);
    }
    forceFolder(to.getParent());
    if (!from.getParent().equals(to.getParent())) {
      forceFolder(from.getParent());
    }
  }

  /** Deletes a file if it exists. */
  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceFolder(file.getParent());
    }
  }

  /** Creates a folder and its parents if they do not exist. */
  static void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      makeFolders(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw new IOException(folder + " is not a folder", e);
      }
    }
    if (parent != null) {
      forceFolder(parent);
    }
  }

  /** Forces the content of a file to disk. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Some systems cannot open a folder for this; they do not need it either. */
  static void forceFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }
}
