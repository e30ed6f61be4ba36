package io.fitroute.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/** Transactions on a file, also when it is not available. */
final class FileTransactionsTest {

  @TempDir private Path folder;

  private DataSource connections;
  private SingleConnectionDataSource kept;
  private FileTransactions transactions;
  private JdbcClient jdbc;

  @BeforeEach
  void makeFile() throws IOException, SQLException {
    Path file = Files.createFile(folder.resolve("some.db"));
    connections = Ledger.sqlite("jdbc:sqlite:" + file, Duration.ZERO, false);
    kept = new SingleConnectionDataSource(connections.getConnection(), true);
    transactions = new FileTransactions(kept, new OpenFiles(file), "full");
    jdbc = JdbcClient.create(kept);
    jdbc.sql("create table run (name text)").update();
  }

  @AfterEach
  void close() {
    kept.destroy();
  }

  @Test
  void whatIsCommittedCanBeReadByOthersAndNotBefore() {
    TransactionStatus status = transactions.getTransaction(null);
    add("easy");
    assertThat(runsForOthers()).isZero();

    transactions.commit(status);

    assertThat(runsForOthers()).isOne();
  }

  @Test
  void whatIsRolledBackIsGone() {
    TransactionStatus status = transactions.getTransaction(null);
    add("easy");

    transactions.rollback(status);

    assertThat(runsForOthers()).isZero();
  }

  @Test
  void betweenTwoTransactionsOthersCanWrite() throws SQLException {
    transactions.commit(transactions.getTransaction(null));

    try (Connection another = connections.getConnection();
        Statement statement = another.createStatement()) {
      statement.execute("begin immediate");
      assertThatThrownBy(() -> transactions.getTransaction(null))
          .isInstanceOf(CannotCreateTransactionException.class)
          .hasRootCauseInstanceOf(SQLException.class);
      statement.execute("rollback");
    }

    TransactionStatus status = transactions.getTransaction(null);
    add("tempo");
    transactions.commit(status);
    assertThat(runsForOthers()).isOne();
  }

  @Test
  void aTransactionThatHasEndedByItselfIsNotCommitted() {
    TransactionStatus status = transactions.getTransaction(null);
    add("easy");
    jdbc.sql("rollback").update();

    assertThatThrownBy(() -> transactions.commit(status))
        .isInstanceOf(TransactionSystemException.class);
    assertThat(runsForOthers()).isZero();
  }

  @Test
  void withoutAConnectionNoneBegins() {
    DataSource none =
        new AbstractDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            throw new SQLException("no such folder");
          }

          @Override
          public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
          }
        };

    assertThatThrownBy(
            () -> new FileTransactions(none, new OpenFiles(folder), "full").getTransaction(null))
        .isInstanceOf(CannotCreateTransactionException.class)
        .hasRootCauseMessage("no such folder");
  }

  private void add(String name) {
    jdbc.sql("insert into run values (?)").param(name).update();
  }

  private int runsForOthers() {
    return JdbcClient.create(connections)
        .sql("select count(*) from run")
        .query(Integer.class)
        .single();
  }
}
