package io.fitroute.runtime;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the file of an SQLite ledger beside the service, like another program. */
final class SecondConnection implements AutoCloseable {

  private final Connection connection;

  SecondConnection(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=20000");
  }

  /** The first column of a query's result, as text. */
  List<String> column(String query, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** The object ids of all events on disk, whether a service runs or not. */
  List<String> objects() throws SQLException {
    return column("select object_id from event");
  }

  void execute(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
