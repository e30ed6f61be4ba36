package io.fitroute.ledger;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a ledger shared by several processes supports in addition: parallel writes and
 * notifications.
 */
final class Sharing implements AutoCloseable {

  private final HikariDataSource beside;
  private final TransactionTemplate transactions;
  private final JdbcClient jdbc;
  private final LedgerNotifications notifications;

  Sharing(HikariDataSource beside, LedgerNotifications notifications) {
    this.beside = beside;
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(beside));
    this.jdbc = JdbcClient.create(beside);
    this.notifications = notifications;
  }

  LedgerNotifications notifications() {
    return notifications;
  }

  /** Writes in a transaction of its own, in parallel with other writers. */
  <T> T write(Work<T> work) {
    try {
      return transactions.execute(status -> work.on(jdbc));
    } catch (NestedRuntimeException e) {
      throw LedgerUnavailable.notWritten(e);
    }
  }

  @Override
  public void close() {
    notifications.close();
    beside.close();
  }
}
