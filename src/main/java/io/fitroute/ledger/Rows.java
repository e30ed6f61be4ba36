package io.fitroute.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that are there or not, whatever they hold. */
public final class Rows {

  private Rows() {}

  /**
   * The number that a query yields.
   *
   * @param query such as {@code select count(*) from event where state = ?}
   */
  public static long count(JdbcClient jdbc, String query, Object... parameters) {
    return jdbc.sql(query).params(parameters).query(Long.class).single();
  }

  /** Whether the number that a query yields is more than 0. */
  public static boolean any(JdbcClient jdbc, String query, Object... parameters) {
    return count(jdbc, query, parameters) > 0;
  }
}
