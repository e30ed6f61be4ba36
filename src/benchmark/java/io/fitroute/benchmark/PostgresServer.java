package io.fitroute.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that forces its commits to disk, like one in production. */
final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres server;
  private int databases;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts a server with its data on the measured disk. */
  static PostgresServer start(Workbench bench) throws IOException, SQLException {
    PostgresServer started =
        new PostgresServer(
            EmbeddedPostgres.builder()
                .setDataDirectory(bench.folder("postgresql").resolve("data"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start());
    if (!started.ask("show fsync").equals("on")) {
      started.close();
      throw new IllegalStateException("PostgreSQL does not force anything to disk");
    }
    return started;
  }

  private String ask(String question) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  /** The address of a new, empty database. */
  String newDatabase() throws SQLException {
    String name = "ledger_" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** Which PostgreSQL it is. */
  String version() throws SQLException {
    return "PostgreSQL " + ask("show server_version");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
