package io.fitroute.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on another machine. Paths are relative to it, with forward slashes.
 *
 * <p>Every failure is an {@link IOException} whose message is a reason that people read: it names
 * the server, and never a password.
 */
public interface RemoteFolder {

  /** Connects. */
  Connection open() throws IOException;

  /** A connection to the folder, used by one thread. */
  interface Connection extends AutoCloseable {

    /** What is at a path; empty if there is nothing. */
    Optional<Stored> look(String path) throws IOException;

    /**
     * Puts a file at a path, whole or not at all, and makes the folders that it needs. What was
     * there is replaced.
     */
    void put(Path file, String path) throws IOException;

    /** Reads what is at a path to its end. */
    void get(String path, OutputStream target) throws IOException;

    /**
     * Moves what is at a path to another one, and makes the folders that it needs. What was there
     * is replaced.
     */
    void move(String from, String to) throws IOException;

    /** Removes what is at a path; nothing there is success. */
    void remove(String path) throws IOException;

    @Override
    void close();
  }

  /**
   * A file that is there.
   *
   * @param size in bytes
   * @param sha256 in lower-case hexadecimal, where the server tells
   */
  record Stored(long size, Optional<String> sha256) {}
}
