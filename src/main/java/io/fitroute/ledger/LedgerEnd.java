package io.fitroute.ledger;

import io.fitroute.system.SystemServices;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * One end of a copy: a connection that keeps other writers out until it is closed, and the
 * differences between SQLite and PostgreSQL.
 */
final class LedgerEnd implements AutoCloseable {

  private static final String HISTORY = "flyway_schema_history";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(2);
  private static final String OTHERS =
      "select count(*) from pg_stat_activity"
          + " where application_name = 'fitroute' and datname = current_database()";

  /** The sequences that number the rows of tables. */
  private static final String SEQUENCES =
      " from pg_class s join pg_depend d on d.objid = s.oid and d.deptype = 'i'"
          + " join pg_class t on t.oid = d.refobjid"
          + " where s.relkind = 'S' and t.relnamespace = current_schema()::regnamespace";

  private final LedgerAddress address;
  private final boolean sqlite;
  private final Connection connection;
  private final SystemServices services;

  private LedgerEnd(LedgerAddress address, Connection connection, SystemServices services) {
    this.address = address;
    this.sqlite = address.file().isPresent();
    this.connection = connection;
    this.services = services;
  }

  /**
   * Opens it with the tables of this version.
   *
   * @throws LedgerUnavailable if that fails or the ledger is in use
   */
  static LedgerEnd open(LedgerAddress address, SystemServices services) throws SQLException {
    boolean sqlite = address.file().isPresent();
    DataSource source = sqlite ? file(address, services) : server(address);
    if (!sqlite) {
      Ledger.migrate(source, false, address.url());
    }
    LedgerEnd end = new LedgerEnd(address, source.getConnection(), services);
    try {
      end.lock();
      return end;
    } catch (SQLException | RuntimeException e) {
      end.close();
      throw e;
    }
  }

  private static DataSource file(LedgerAddress address, SystemServices services) {
    Ledger.openFile(address.url(), PATIENCE, services).close();
    return Ledger.sqlite(address.url(), PATIENCE, false);
  }

  private static DataSource server(LedgerAddress address) {
    return new Server(address.url(), address.user(), address.password()).copying();
  }

  /** The snapshot begins after the lock, so it contains everything written before. */
  private void lock() throws SQLException {
    if (sqlite) {
      connection.setAutoCommit(false);
      number("select count(*) from sqlite_master");
      return;
    }
    refuseBesideService();
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + Ledger.WRITER_LOCK + ")");
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  /** A connection that was just closed stays visible for a moment. */
  private void refuseBesideService() throws SQLException {
    long start = services.nanoTime();
    while (number(OTHERS) > 0) {
      if (services.nanoTime() - start > CLOSING_TIME.toNanos()) {
        throw new LedgerUnavailable(
            "a service is using the ledger " + address + ": stop it first, on every machine");
      }
      pause();
    }
  }

  private void pause() {
    try {
      services.sleep(CLOSING_TIME.dividedBy(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable("interrupted while waiting for the ledger", e);
    }
  }

  Connection connection() {
    return connection;
  }

  /** The tables in alphabetical order. */
  SortedSet<String> tables() throws SQLException {
    SortedSet<String> tables = new TreeSet<>();
    DatabaseMetaData meta = connection.getMetaData();
    try (ResultSet row = meta.getTables(null, schema(), "%", new String[] {"TABLE"})) {
      while (row.next()) {
        tables.add(row.getString("TABLE_NAME"));
      }
    }
    tables.removeIf(name -> name.equals(HISTORY) || name.startsWith("sqlite_"));
    return tables;
  }

  private String schema() throws SQLException {
    return sqlite ? null : connection.getSchema();
  }

  /** The columns of a table with their SQL types. */
  Map<String, Integer> columns(String table) throws SQLException {
    Map<String, Integer> columns = new LinkedHashMap<>();
    try (ResultSet row = connection.getMetaData().getColumns(null, schema(), table, "%")) {
      while (row.next()) {
        if (row.getString("TABLE_NAME").equals(table)) {
          columns.put(row.getString("COLUMN_NAME"), row.getInt("DATA_TYPE"));
        }
      }
    }
    return columns;
  }

  long count(String table) throws SQLException {
    return number("select count(*) from " + quoted(table));
  }

  boolean isEmpty(String table) throws SQLException {
    return number("select count(*) from (select 1 from " + quoted(table) + " limit 1) first_row")
        == 0;
  }

  /** PostgreSQL does not accept the character NUL in text; SQLite does. */
  Object taken(Object value) {
    return !sqlite && value instanceof String text ? text.replace("\0", "") : value;
  }

  /** The tables whose rows the database numbers, with the last number used. */
  Map<String, Long> lastNumbers() throws SQLException {
    Map<String, Long> numbers = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                sqlite
                    ? "select name, seq from sqlite_sequence"
                    : "select t.relname, coalesce(pg_sequence_last_value(s.oid), 0)" + SEQUENCES)) {
      while (row.next()) {
        numbers.put(row.getString(1), row.getLong(2));
      }
    }
    return numbers;
  }

  /** Sets the last number used. */
  void continueAfter(String table, long last) throws SQLException {
    if (last == 0) {
      return;
    }
    if (!sqlite) {
      execute("select setval(s.oid::regclass, ?)" + SEQUENCES + " and t.relname = ?", last, table);
    } else {
      execute("delete from sqlite_sequence where name = ?", table);
      execute("insert into sqlite_sequence (name, seq) values (?, ?)", table, last);
    }
  }

  /** Commits and updates the planner's statistics. */
  void commit() throws SQLException {
    connection.commit();
    if (!sqlite) {
      connection.setAutoCommit(true);
      execute("analyze");
    }
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } finally {
      connection.close();
    }
  }
}
