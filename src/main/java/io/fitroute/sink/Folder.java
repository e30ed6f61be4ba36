package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder for files, on this machine or on another. Paths are relative to it, with forward
 * slashes.
 *
 * <p>Every failure is an {@link IOException} whose message is a reason that people read: it names
 * the server, and never a password.
 */
public interface Folder {

  /** Connects. */
  Connection open() throws IOException;

  /** A connection to the folder, used by one thread. */
  interface Connection extends AutoCloseable {

    /** What is at a path; empty if there is nothing. */
    Optional<Stored> stat(String path) throws IOException;

    /** Writes a file to a path, and makes the folders that it needs. What was there is replaced. */
    void send(Path file, String path) throws IOException;

    /** What is at a path, to be read before anything else is asked of the connection. */
    InputStream read(String path) throws IOException;

    /**
     * Moves what is at a path to another one, and makes the folders that it needs.
     *
     * @return false if something is there already, as far as the protocol can tell; then nothing
     *     has changed
     */
    boolean rename(String from, String to) throws IOException;

    /** As {@link #rename}, in place of what is there. */
    void replace(String from, String to) throws IOException;

    /** Removes what is at a path; nothing there is success. */
    void remove(String path) throws IOException;

    /**
     * Has a file be at a path, whole or not at all.
     *
     * @param temporary a path beside it, under which it may be sent first
     * @return false if something is there already
     */
    default boolean create(Path file, String temporary, String path) throws IOException {
      sendWhole(file, temporary);
      return rename(temporary, path);
    }

    /** As {@link #create}, in place of what is there. One of the two is there at any time. */
    default void overwrite(Path file, String temporary, String path) throws IOException {
      sendWhole(file, temporary);
      replace(temporary, path);
    }

    private void sendWhole(Path file, String path) throws IOException {
      send(file, path);
      long size = Files.size(file);
      long arrived = stat(path).map(Stored::size).orElse(0L);
      if (arrived != size) {
        throw new IOException("of " + size + " bytes that were sent, " + arrived + " are there");
      }
    }

    /**
     * Replaces where renaming does not: what was there waits under another name, and comes back if
     * the new file cannot take its place.
     */
    default void replaceInSteps(String from, String to) throws IOException {
      String aside = aside(from);
      remove(aside);
      rename(to, aside);
      try {
        if (!rename(from, to)) {
          throw new IOException("another process has put a file at " + to);
        }
      } catch (IOException refusal) {
        rename(aside, to);
        throw refusal;
      }
      remove(aside);
    }

    @Override
    void close() throws IOException;
  }

  /** Where a file waits that gives way to the one under a temporary name. */
  static String aside(String temporary) {
    return temporary + ".old";
  }

  /**
   * A file that is there.
   *
   * @param size in bytes
   * @param sha256 in lower-case hexadecimal, where that is known without reading the file
   */
  record Stored(long size, Optional<String> sha256) {}
}
