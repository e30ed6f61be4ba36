package io.fitroute.sink;

import io.fitroute.sink.Folder.Connection;
import io.fitroute.sink.Folder.Stored;
import io.fitroute.transfer.Deadline;
import io.fitroute.transfer.Deadlines;
import io.fitroute.transfer.TimedContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A connection whose sockets are closed once an exchange takes too long. */
final class TimedConnection implements Connection {

  private final String server;
  private final Deadlines deadlines;
  private final Sockets sockets;
  private final Connection connection;

  private TimedConnection(
      String server, Deadlines deadlines, Sockets sockets, Connection connection) {
    this.server = server;
    this.deadlines = deadlines;
    this.sockets = sockets;
    this.connection = connection;
  }

  /** Opens the connection. */
  @FunctionalInterface
  interface Opening {
    Connection with(Sockets sockets) throws IOException;
  }

  @FunctionalInterface
  private interface Exchange<T> {
    T make() throws IOException;
  }

  /**
   * Opens a connection.
   *
   * @param server its address as text
   */
  static TimedConnection open(String server, Deadlines deadlines, Opening opening)
      throws IOException {
    Sockets sockets = new Sockets();
    Deadline deadline = deadlines.start(sockets::close);
    Connection connection = within(deadline, server, () -> opening.with(sockets));
    return new TimedConnection(server, deadlines, sockets, connection);
  }

  private <T> T within(long bytes, Exchange<T> exchange) throws IOException {
    Deadline deadline = deadlines.start(sockets::close);
    deadline.passed(bytes);
    return within(deadline, server, exchange);
  }

  private static <T> T within(Deadline deadline, String server, Exchange<T> exchange)
      throws IOException {
    try {
      return exchange.make();
    } catch (IOException | RuntimeException failure) {
      check(deadline, server);
      throw failure;
    } finally {
      deadline.end();
    }
  }

  /** If the deadline was missed, it is the cause of the failure. */
  private static void check(Deadline deadline, String server) throws IOException {
    Optional<String> missed = deadline.missed();
    if (missed.isPresent()) {
      throw new IOException(server + ": " + missed.get());
    }
  }

  @Override
  public Optional<Stored> stat(String path) throws IOException {
    return within(0, () -> connection.stat(path));
  }

  @Override
  public void send(Path file, String path) throws IOException {
    within(
        Files.size(file),
        () -> {
          connection.send(file, path);
          return null;
        });
  }

  @Override
  public InputStream read(String path) throws IOException {
    InputStream content = within(0, () -> connection.read(path));
    return new Content(content, deadlines.start(sockets::close));
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    return within(0, () -> connection.rename(from, to));
  }

  @Override
  public void replace(String from, String to) throws IOException {
    within(
        0,
        () -> {
          connection.replace(from, to);
          return null;
        });
  }

  @Override
  public void remove(String path) throws IOException {
    within(
        0,
        () -> {
          connection.remove(path);
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    try {
      within(
          0,
          () -> {
            connection.close();
            return null;
          });
    } finally {
      sockets.close();
    }
  }

  /** Must be read within a deadline that is extended as content arrives. */
  private final class Content extends TimedContent {
    private final Deadline deadline;

    Content(InputStream content, Deadline deadline) {
      super(content, deadline);
      this.deadline = deadline;
    }

    @Override
    protected void explain(Exception failure) throws IOException {
      check(deadline, server);
    }

    @Override
    public void close() throws IOException {
      within(
          deadline,
          server,
          () -> {
            super.close();
            return null;
          });
    }
  }
}
