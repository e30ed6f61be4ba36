package io.fitroute.ledger;

import io.fitroute.system.SystemServices;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notifies processes that share a ledger on PostgreSQL of new work, by {@code NOTIFY} and {@code
 * LISTEN}.
 *
 * <p>This is only an optimisation: notifications lost with a connection are not repeated, so every
 * process also polls.
 */
final class LedgerNotifications implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerNotifications.class);
  private static final String CHANNEL = "fitroute";

  /** Announcements within this time are sent as one. */
  private static final Duration BETWEEN_SENDS = Duration.ofMillis(10);

  /** After this silence the connection is checked. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int LONGEST_ANSWER_SECONDS = 5;
  private static final Duration SHORTEST_BREAK = Duration.ofMillis(200);
  private static final Duration LONGEST_BREAK = Duration.ofSeconds(30);
  private static final Duration LONGEST_END = Duration.ofSeconds(1);

  private final SystemServices services;
  private final String self;
  private final DataSource connections;
  private final JdbcClient sender;
  private final AtomicBoolean sendPending = new AtomicBoolean();
  private final ExecutorService sendExecutor;
  private final ExecutorService listenExecutor;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile Optional<Connection> openConnection = Optional.empty();
  private volatile boolean closed;

  /**
   * Stays idle until it is used.
   *
   * @param connections returns a new connection each time, to listen on
   * @param sender the connections used to send
   */
  LedgerNotifications(DataSource connections, DataSource sender, SystemServices services) {
    this.connections = connections;
    this.sender = JdbcClient.create(sender);
    this.services = services;
    this.self = services.newId();
    this.sendExecutor = services.newSequentialExecutor("ledger-notify");
    this.listenExecutor = services.newSequentialExecutor("ledger-listen");
  }

  /** Notifies the other processes without waiting. */
  void send() {
    if (!closed && sendPending.compareAndSet(false, true)) {
      sendExecutor.execute(this::sendNow);
    }
  }

  private void sendNow() {
    sendPending.set(false);
    try {
      sender.sql("select pg_notify(?, ?)").params(CHANNEL, self).query(row -> {});
      services.sleep(BETWEEN_SENDS);
    } catch (DataAccessException e) {
      LOG.debug("Other services could not be notified of changes in the ledger", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts to listen; further calls have no effect.
   *
   * @param onNotification called when another process has sent a notification or may have
   */
  void listen(Runnable onNotification) {
    if (started.compareAndSet(false, true)) {
      listenExecutor.execute(() -> listenUntilClosed(onNotification));
    }
  }

  /** Whether it is currently listening. */
  boolean isListening() {
    return openConnection.isPresent();
  }

  private void listenUntilClosed(Runnable onNotification) {
    Duration pause = SHORTEST_BREAK;
    while (!closed) {
      try (Connection connection = connections.getConnection()) {
        listenOn(connection, onNotification);
        pause = SHORTEST_BREAK;
        receive(connection, onNotification);
      } catch (SQLException e) {
        logLoss(e);
      }
      openConnection = Optional.empty();
      sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_BREAK) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private void listenOn(Connection connection, Runnable onNotification) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
    openConnection = Optional.of(connection);
    // earlier notifications were missed
    onNotification.run();
  }

  private void receive(Connection connection, Runnable onNotification) throws SQLException {
    PGConnection server = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] news = server.getNotifications((int) SILENCE.toMillis());
      if (news == null || news.length == 0) {
        requireAnswer(connection);
      } else if (Arrays.stream(news).anyMatch(one -> !one.getParameter().equals(self))) {
        onNotification.run();
      }
    }
  }

  private static void requireAnswer(Connection connection) throws SQLException {
    if (!connection.isValid(LONGEST_ANSWER_SECONDS)) {
      throw new SQLException("the server does not answer");
    }
  }

  private void logLoss(SQLException cause) {
    if (!closed && openConnection.isPresent()) {
      LOG.warn("Changes in the ledger are noticed with a delay for now: {}", cause.getMessage());
    }
  }

  private void sleep(Duration time) {
    try {
      if (!closed) {
        services.sleep(time);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Sends pending notifications and stops listening. */
  @Override
  public void close() {
    closed = true;
    listenExecutor.shutdownNow();
    openConnection.ifPresent(LedgerNotifications::cut);
    sendExecutor.shutdown();
    try {
      if (!sendExecutor.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        sendExecutor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cut(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("The notification connection could not be closed", e);
    }
  }
}
