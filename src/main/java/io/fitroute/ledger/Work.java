package io.fitroute.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A piece of work on the ledger that is committed as a whole or not at all.
 *
 * <p>It may be run a second time when the transaction it shared with others had to be rolled back,
 * so it has no effects outside the ledger.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface Work<T> {

  /**
   * Does the work inside an open transaction.
   *
   * @param ledger statements on it are part of the transaction
   */
  T on(JdbcClient ledger);
}
