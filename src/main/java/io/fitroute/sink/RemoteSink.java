package io.fitroute.sink;

import io.fitroute.fit.Sha256;
import io.fitroute.sink.RemoteFolder.Connection;
import io.fitroute.sink.RemoteFolder.Stored;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What kamelets do with a {@link RemoteFolder}: the same for each protocol. */
public final class RemoteSink {

  private static final String TRASH = "trash/";
  private static final int MOST_NUMBERS = 1000;

  private final RemoteFolder folder;

  /**
   * @param folder where the files go
   */
  public RemoteSink(RemoteFolder folder) {
    this.folder = folder;
  }

  /**
   * Puts the body, a file, at the path in the header {@code file}, and looks whether it has arrived
   * whole.
   *
   * <p>If the same file is there already, that is success, and nothing is sent. If another one is,
   * it is left alone, and this one gets a number behind its name; the header then says so. With the
   * header {@code replace} it takes the place of what is there.
   *
   * @throws IOException if it cannot be done
   */
  public void deliver(Exchange exchange, @Body Path file) throws IOException {
    String wanted = exchange.getMessage().getHeader("file", String.class);
    boolean replace = exchange.getMessage().getHeader("replace", false, Boolean.class);
    try (Connection connection = folder.open()) {
      String path = replace ? wanted : free(connection, file, wanted);
      if (replace || connection.look(path).isEmpty()) {
        connection.put(file, path);
        requireWhole(connection, file, path);
      }
      exchange.getMessage().setHeader("file", path);
    }
  }

  /** The first of the numbered paths at which there is nothing, or the same file. */
  private static String free(Connection connection, Path file, String wanted) throws IOException {
    String path = wanted;
    for (int number = 2; number < MOST_NUMBERS; number++) {
      Optional<Stored> there = connection.look(path);
      if (there.isEmpty() || isSame(connection, file, path, there.get())) {
        return path;
      }
      path = numbered(wanted, number);
    }
    throw new IOException("there are already " + MOST_NUMBERS + " files named like " + wanted);
  }

  private static boolean isSame(Connection connection, Path file, String path, Stored there)
      throws IOException {
    if (there.size() != Files.size(file)) {
      return false;
    }
    return sha256(connection, path, there).equals(Sha256.of(file));
  }

  private static String sha256(Connection connection, String path, Stored there)
      throws IOException {
    if (there.sha256().isPresent()) {
      return there.sha256().get();
    }
    Sha256 found = new Sha256();
    try (OutputStream measured = found.over(OutputStream.nullOutputStream())) {
      connection.get(path, measured);
    }
    return found.text();
  }

  private static void requireWhole(Connection connection, Path file, String path)
      throws IOException {
    long size = Files.size(file);
    long arrived = connection.look(path).map(Stored::size).orElse(-1L);
    if (arrived != size) {
      throw new IOException(
          arrived < 0
              ? "the file is not there after it was sent"
              : "of " + size + " bytes that were sent, " + arrived + " are there");
    }
  }

  private static String numbered(String path, int number) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/')
        ? path.substring(0, dot) + "-" + number + path.substring(dot)
        : path + "-" + number;
  }

  /**
   * Looks for the file at the path in the header {@code file}: the header {@code size} is its size
   * in bytes, or -1 if it is not there; the header {@code sha256} its checksum, if the server knows
   * it.
   */
  public void look(Exchange exchange, @Header("file") String path) throws IOException {
    try (Connection connection = folder.open()) {
      Optional<Stored> there = connection.look(path);
      exchange.getMessage().setHeader("size", there.map(Stored::size).orElse(-1L));
      there
          .flatMap(Stored::sha256)
          .ifPresent(sha256 -> exchange.getMessage().setHeader("sha256", sha256));
    }
  }

  /**
   * Looks for the file with the SHA-256 in the header {@code sha256} that an attempt may have put
   * to the path in the header {@code file}, or under a number behind that name. The header {@code
   * file} then holds the path at which it is; if it is not there, there is no such header.
   */
  public void find(
      Exchange exchange, @Header("file") String wanted, @Header("sha256") String sha256)
      throws IOException {
    exchange.getMessage().removeHeader("file");
    try (Connection connection = folder.open()) {
      String path = wanted;
      Optional<Stored> there = connection.look(path);
      for (int number = 2; number < MOST_NUMBERS && there.isPresent(); number++) {
        if (sha256(connection, path, there.get()).equals(sha256)) {
          exchange.getMessage().setHeader("file", path);
          return;
        }
        path = numbered(wanted, number);
        there = connection.look(path);
      }
    }
  }

  /** Removes the file at the path in the header {@code file}, if it is the one of that SHA-256. */
  public void withdraw(@Header("file") String path, @Header("sha256") String sha256)
      throws IOException {
    try (Connection connection = folder.open()) {
      Optional<Stored> there = connection.look(path);
      if (there.isPresent() && sha256(connection, path, there.get()).equals(sha256)) {
        connection.remove(path);
      }
    }
  }

  /** Copies the file at the path in the header {@code file} to the local one in {@code into}. */
  public void fetch(@Header("file") String path, @Header("into") Path into) throws IOException {
    try (Connection connection = folder.open();
        OutputStream target = new BufferedOutputStream(Files.newOutputStream(into))) {
      connection.get(path, target);
    }
  }

  /** Removes the file at the path in the header {@code file}, if it is there. */
  public void purge(@Header("file") String path) throws IOException {
    try (Connection connection = folder.open()) {
      connection.remove(path);
    }
  }

  /**
   * Moves the file at the path in the header {@code file} into {@code trash/}, where it keeps its
   * path. If there is none, there is nothing to do.
   */
  public void trash(@Header("file") String path) throws IOException {
    try (Connection connection = folder.open()) {
      if (connection.look(path).isPresent()) {
        connection.move(path, TRASH + path);
      }
    }
  }

  /**
   * Moves the file at the path in the header {@code file} to the one in the header {@code to},
   * which afterwards holds the path at which the file is. Another file is never replaced.
   *
   * <p>The same file at both is what an attempt that died has left where moving is copying and
   * removing.
   */
  public void move(Exchange exchange, @Header("file") String from, @Header("to") String to)
      throws IOException {
    try (Connection connection = folder.open()) {
      Optional<Stored> file = connection.look(from);
      if (file.isEmpty()) {
        return;
      }
      Optional<Stored> there = connection.look(to);
      if (there.isEmpty()) {
        connection.move(from, to);
      } else if (isSame(connection, from, file.get(), to, there.get())) {
        connection.remove(from);
      } else {
        exchange.getMessage().setHeader("to", from);
      }
    }
  }

  private static boolean isSame(
      Connection connection, String path, Stored one, String otherPath, Stored other)
      throws IOException {
    return one.size() == other.size()
        && sha256(connection, path, one).equals(sha256(connection, otherPath, other));
  }
}
