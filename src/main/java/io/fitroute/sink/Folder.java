package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder for files, local or remote. Paths are relative to it, with forward slashes.
 *
 * <p>Every failure is an {@link IOException} whose message names the server, is meant for people
 * and contains no password.
 */
public interface Folder {

  Connection open() throws IOException;

  /** A connection to the folder; not thread-safe. */
  interface Connection extends AutoCloseable {

    /** The file at a path; empty if there is none. */
    Optional<Stored> stat(String path) throws IOException;

    /** Writes a file to a path, replacing what is there, and creates missing folders. */
    void send(Path file, String path) throws IOException;

    /** The content at a path, which must be read before the connection is used again. */
    InputStream read(String path) throws IOException;

    /**
     * Moves a file to another path and creates missing folders.
     *
     * @return false if the target exists, as far as the protocol can tell; nothing has changed then
     */
    boolean rename(String from, String to) throws IOException;

    /** As {@link #rename}, but replaces the target. */
    void replace(String from, String to) throws IOException;

    /** Removes the file at a path; a missing file is not a failure. */
    void remove(String path) throws IOException;

    /**
     * Puts a file at a path, whole or not at all.
     *
     * @param temporary a path in the same folder under which it may be sent first
     * @return false if the path is taken
     */
    default boolean create(Path file, String temporary, String path) throws IOException {
      sendWhole(file, temporary);
      return rename(temporary, path);
    }

    /**
     * As {@link #create}, but replaces the file at the path. The old or the new file is there at
     * any time.
     */
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
     * Replaces a file where renaming cannot: the old file is moved aside and restored if the new
     * one cannot take its place.
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

  /** The name under which the replaced file waits. */
  static String aside(String temporary) {
    return temporary + ".old";
  }

  /**
   * A file in the folder.
   *
   * @param size in bytes
   * @param sha256 in lower-case hexadecimal, if known without reading the file
   */
  record Stored(long size, Optional<String> sha256) {}
}
