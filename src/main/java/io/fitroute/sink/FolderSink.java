package io.fitroute.sink;

import io.fitroute.fit.Sha256;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Folder.Connection;
import io.fitroute.sink.Folder.Stored;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/**
 * Carries out the operation in the header {@code operation} on a {@link Folder}, in the same way
 * for every protocol. docs/sinks.md documents the operations and the headers they read and set.
 *
 * <p>A file is only ever replaced, moved or removed if its content is the one the caller names.
 */
public final class FolderSink {

  private final Folder folder;
  private long largest = Long.MAX_VALUE;

  public FolderSink(Folder folder) {
    this.folder = folder;
  }

  /**
   * Sets the size above which a file is not read, because it cannot be one of ours.
   *
   * @param size in the format of the setting {@code export.max-size}
   */
  public void setLargest(String size) {
    largest = Settings.bytesIn(size);
  }

  /**
   * Carries out the operation.
   *
   * @throws IOException if it fails; the message is meant for people
   */
  @Handler
  public void handle(Exchange exchange) throws IOException, InvalidPayloadException {
    Message message = exchange.getMessage();
    Operation operation = Operation.of(message.getHeader("operation", "put", String.class));
    if (operation == Operation.GET) {
      message.setBody(read(header(message, "file")));
      return;
    }
    try (Connection connection = folder.open()) {
      switch (operation) {
        case PUT -> put(connection, message);
        case STAT -> stat(connection, message);
        case FIND -> find(connection, message);
        case MOVE -> message.setHeader("mismatch", !move(connection, message));
        case TRASH -> trash(connection, message);
        default -> remove(connection, message);
      }
    }
  }

  private static String header(Message message, String name) {
    String value = message.getHeader(name, String.class);
    if (value == null) {
      throw new IllegalArgumentException("the header " + name + " is not set");
    }
    return value;
  }

  private void put(Connection connection, Message message)
      throws IOException, InvalidPayloadException {
    Path file = message.getMandatoryBody(Path.class);
    String path = header(message, "file");
    String temporary = header(message, "temporary");
    String sha256 = header(message, "sha256");
    Optional<String> there = content(connection, path);
    if (there.isPresent() && there.get().equals(message.getHeader("replaces", String.class))) {
      connection.overwrite(file, temporary, path);
      return;
    }
    boolean created = false;
    try {
      created = there.isEmpty() && connection.create(file, temporary, path);
    } finally {
      if (!created) {
        removeLeftover(connection, temporary);
      }
    }
    message.setHeader("taken", !created && !has(connection, path, sha256));
  }

  /** If this fails, the next attempt uses the same name again. */
  private static void removeLeftover(Connection connection, String temporary) {
    try {
      connection.remove(temporary);
    } catch (IOException gone) {
      // the connection is gone
    }
  }

  private static void stat(Connection connection, Message message) throws IOException {
    Optional<Stored> there = connection.stat(header(message, "file"));
    message.setHeader("size", there.map(Stored::size).orElse(-1L));
    there.flatMap(Stored::sha256).ifPresent(sha256 -> message.setHeader("sha256", sha256));
  }

  /** Completes an earlier attempt that sent the whole file but did not move it to its path. */
  private void find(Connection connection, Message message) throws IOException {
    String path = header(message, "file");
    String temporary = header(message, "temporary");
    String sha256 = header(message, "sha256");
    boolean found =
        has(connection, path, sha256)
            || (has(connection, temporary, sha256) && connection.rename(temporary, path));
    connection.remove(temporary);
    if (found) {
      connection.remove(Folder.aside(temporary));
    }
    message.setHeader("found", found);
  }

  /**
   * The same file at both paths remains from an attempt that died in between.
   *
   * @return false if the file is at neither
   */
  private boolean move(Connection connection, Message message) throws IOException {
    String from = header(message, "file");
    String to = header(message, "to");
    String sha256 = header(message, "sha256");
    boolean isThere = has(connection, from, sha256);
    boolean isMoved = has(connection, to, sha256);
    if (isThere && isMoved) {
      connection.remove(from);
    } else if (isThere) {
      message.setHeader("taken", !connection.rename(from, to));
    }
    return isThere || isMoved;
  }

  /** If the file has already been removed, there is nothing to move. */
  private void trash(Connection connection, Message message) throws IOException {
    boolean isMoved = move(connection, message);
    message.setHeader("mismatch", !isMoved && connection.stat(header(message, "file")).isPresent());
  }

  private void remove(Connection connection, Message message) throws IOException {
    String path = header(message, "file");
    Optional<String> there = content(connection, path);
    boolean isThere = there.filter(header(message, "sha256")::equals).isPresent();
    if (isThere) {
      connection.remove(path);
    }
    message.setHeader("mismatch", there.isPresent() && !isThere);
  }

  private InputStream read(String path) throws IOException {
    Connection connection = folder.open();
    try {
      return new FilterInputStream(new BoundedAnswer(connection.read(path), largest)) {
        @Override
        public void close() throws IOException {
          try (connection) {
            super.close();
          }
        }
      };
    } catch (IOException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private boolean has(Connection connection, String path, String sha256) throws IOException {
    return content(connection, path).filter(sha256::equals).isPresent();
  }

  /** The SHA-256 of the file at a path; an empty text if it is too large to be one of ours. */
  private Optional<String> content(Connection connection, String path) throws IOException {
    Optional<Stored> there = connection.stat(path);
    if (there.isEmpty() || there.get().sha256().isPresent()) {
      return there.flatMap(Stored::sha256);
    }
    if (there.get().size() > largest) {
      return Optional.of("");
    }
    try (InputStream content = new BoundedAnswer(connection.read(path), largest)) {
      Sha256 sum = new Sha256();
      content.transferTo(sum.over(OutputStream.nullOutputStream()));
      return Optional.of(sum.text());
    }
  }
}
