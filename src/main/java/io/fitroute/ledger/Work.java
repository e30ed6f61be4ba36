package io.fitroute.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Work on the ledger that is committed as a whole or not at all.
 *
 * <p>It may run a second time when a shared transaction was rolled back, so it must not have
 * effects outside the ledger.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Work<T> {

  /**
   * Does the work within an open transaction.
   *
   * @param ledger runs statements in that transaction
   */
  T on(JdbcClient ledger);
}
