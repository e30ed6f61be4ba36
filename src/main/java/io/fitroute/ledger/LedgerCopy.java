package io.fitroute.ledger;

import io.fitroute.system.SystemServices;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Copies all rows of a ledger into an empty one in a single transaction: all or nothing. The source
 * stays unchanged; neither may be written meanwhile.
 */
public final class LedgerCopy implements AutoCloseable {

  /** Rows held in memory at a time; one may have 300,000 characters. */
  private static final int BATCH = 100;

  private final LedgerEnd from;
  private final LedgerEnd to;
  private final SortedSet<String> tables;

  private LedgerCopy(LedgerEnd from, LedgerEnd to) throws SQLException {
    this.from = from;
    this.to = to;
    this.tables = from.tables();
    this.tables.retainAll(to.tables());
  }

  /** The number of rows copied from a table. */
  public record Copied(String table, long rows) {}

  /**
   * Opens and locks both ledgers.
   *
   * @throws LedgerUnavailable if one cannot be used, a service is running on it, or the target is
   *     not empty
   */
  public static LedgerCopy begin(LedgerAddress from, LedgerAddress to, SystemServices services) {
    try {
      LedgerEnd source = end(from, services);
      try {
        LedgerEnd target = end(to, services);
        try {
          LedgerCopy copy = new LedgerCopy(source, target);
          copy.requireEmpty(to);
          return copy;
        } catch (SQLException | RuntimeException e) {
          target.close();
          throw e;
        }
      } catch (SQLException | RuntimeException e) {
        source.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new LedgerUnavailable("the ledger cannot be copied: " + reason(e), e);
    }
  }

  private static LedgerEnd end(LedgerAddress address, SystemServices services) {
    try {
      return LedgerEnd.open(address, services);
    } catch (SQLException e) {
      throw new LedgerUnavailable("the ledger " + address + " cannot be used: " + reason(e), e);
    }
  }

  private void requireEmpty(LedgerAddress address) throws SQLException {
    for (String table : tables) {
      if (!to.isEmpty(table)) {
        throw new LedgerUnavailable(
            "the ledger "
                + address
                + " holds data already (its table "
                + table
                + "): use a new, empty database");
      }
    }
  }

  /** The number of rows to copy. */
  public long rows() {
    try {
      long rows = 0;
      for (String table : tables) {
        rows += from.count(table);
      }
      return rows;
    } catch (SQLException e) {
      throw new LedgerUnavailable("the ledger cannot be copied: " + reason(e), e);
    }
  }

  /**
   * Copies all tables.
   *
   * @param progress called for each row
   * @throws LedgerUnavailable on failure; nothing was copied then
   */
  public List<Copied> run(Runnable progress) {
    try {
      List<Copied> copied = new ArrayList<>();
      for (String table : tables) {
        copied.add(new Copied(table, copy(table, progress)));
      }
      for (Copied one : copied) {
        requireWhole(one);
      }
      Map<String, Long> last = from.lastNumbers();
      for (String table : tables) {
        to.continueAfter(table, last.getOrDefault(table, 0L));
      }
      to.commit();
      return copied;
    } catch (SQLException e) {
      throw new LedgerUnavailable("nothing was copied: " + reason(e), e);
    }
  }

  private long copy(String table, Runnable progress) throws SQLException {
    Map<String, Integer> columns = to.columns(table);
    List<String> names = List.copyOf(columns.keySet());
    List<Integer> types = List.copyOf(columns.values());
    String list = names.stream().map(LedgerEnd::quoted).collect(Collectors.joining(", "));
    String places = String.join(", ", Collections.nCopies(names.size(), "?"));
    String name = LedgerEnd.quoted(table);
    long rows = 0;
    try (Statement reading = from.connection().createStatement();
        PreparedStatement writing =
            to.connection()
                .prepareStatement(
                    "insert into " + name + " (" + list + ") values (" + places + ")")) {
      reading.setFetchSize(BATCH);
      try (ResultSet row = reading.executeQuery("select " + list + " from " + name)) {
        while (row.next()) {
          for (int i = 1; i <= names.size(); i++) {
            set(writing, i, to.taken(row.getObject(i)), types.get(i - 1));
          }
          writing.addBatch();
          rows++;
          progress.run();
          if (rows % BATCH == 0) {
            writing.executeBatch();
          }
        }
      }
      writing.executeBatch();
    }
    return rows;
  }

  /** Uses the widest type, because the driver silently truncates numbers to a narrower one. */
  private static void set(PreparedStatement statement, int index, Object value, int type)
      throws SQLException {
    if (value instanceof Integer || value instanceof Long) {
      statement.setLong(index, ((Number) value).longValue());
    } else if (value == null) {
      statement.setNull(index, type);
    } else {
      statement.setObject(index, value);
    }
  }

  private void requireWhole(Copied one) throws SQLException {
    long there = from.count(one.table());
    long here = to.count(one.table());
    if (there != one.rows() || here != one.rows()) {
      throw new LedgerUnavailable(
          "nothing was copied: of %d rows of %s, %d arrived".formatted(there, one.table(), here));
    }
  }

  /** The message of a failed batch contains rows; the message of its cause does not. */
  private static String reason(SQLException e) {
    SQLException said =
        e instanceof BatchUpdateException && e.getNextException() != null
            ? e.getNextException()
            : e;
    return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    try (from;
        to) {
      // both are closed even if one fails
    } catch (SQLException e) {
      throw new LedgerUnavailable("the ledger cannot be closed: " + reason(e), e);
    }
  }
}
