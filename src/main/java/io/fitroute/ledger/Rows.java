package io.fitroute.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts rows. */
public final class Rows {

  private Rows() {}

  /**
   * The number a query returns.
   *
   * @param query such as {@code select count(*) from event where state = ?}
   */
  public static long count(JdbcClient jdbc, String query, Object... parameters) {
    return jdbc.sql(query).params(parameters).query(Long.class).single();
  }

  /** Whether the number a query returns is greater than 0. */
  public static boolean any(JdbcClient jdbc, String query, Object... parameters) {
    return count(jdbc, query, parameters) > 0;
  }
}
