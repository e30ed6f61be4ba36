package io.fitroute.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions on an SQLite file that block other writers. The usual way, switching the driver's
 * automatic commit off and on, makes it begin another transaction after each commit and lock the
 * file only to end it empty.
 */
final class FileTransactions implements PlatformTransactionManager {

  private final DataSource file;
  private final OpenFiles files;
  private final String synchronous;

  /**
   * @param files the files that must be in place for a commit to count
   * @param synchronous the value of {@code pragma synchronous}: with {@code full} a commit waits
   *     until it is on disk, with {@code normal} it does not
   */
  FileTransactions(DataSource file, OpenFiles files, String synchronous) {
    this.file = file;
    this.files = files;
    this.synchronous = synchronous;
  }

  @Override
  public TransactionStatus getTransaction(TransactionDefinition definition) {
    try {
      Connection connection = begin(file.getConnection());
      TransactionSynchronizationManager.bindResource(file, new ConnectionHolder(connection, true));
      return new SimpleTransactionStatus();
    } catch (SQLException e) {
      throw new CannotCreateTransactionException("the file cannot be locked", e);
    }
  }

  private Connection begin(Connection connection) throws SQLException {
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("pragma synchronous = " + synchronous);
      execute(connection, "begin immediate");
      requireFiles(connection);
      return connection;
    } catch (SQLException | LedgerUnavailable e) {
      connection.close();
      throw e;
    }
  }

  private void requireFiles(Connection connection) throws SQLException {
    try {
      files.require();
    } catch (LedgerUnavailable e) {
      execute(connection, "rollback");
      throw e;
    }
  }

  @Override
  public void commit(TransactionStatus status) {
    end("commit");
    files.require();
  }

  @Override
  public void rollback(TransactionStatus status) {
    end("rollback");
  }

  private void end(String statement) {
    ConnectionHolder holder =
        (ConnectionHolder) TransactionSynchronizationManager.unbindResource(file);
    try {
      execute(holder.getConnection(), statement);
    } catch (SQLException e) {
      throw new TransactionSystemException(statement + " failed", e);
    } finally {
      DataSourceUtils.releaseConnection(holder.getConnection(), file);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
