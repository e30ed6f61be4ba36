package io.fitroute.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Where a ledger can live. */
public enum Database {
  SQLITE {
    @Override
    public String url(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("ledger.db");
    }
  },

  POSTGRESQL {
    @Override
    public String url(Path folder) {
      return Server.newDatabase();
    }
  };

  /**
   * Those that tests are run with: all, or with {@code -Dfitroute.databases=files} without servers.
   */
  public static Stream<Database> all() {
    boolean files = "files".equals(System.getProperty("fitroute.databases"));
    return Stream.of(values()).filter(one -> one == SQLITE || !files);
  }

  /** The address of a new, empty one. */
  public abstract String url(Path folder);

  /** One server for all tests of a run, which ends with it. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "100")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String newDatabase() {
      String name = "ledger_" + DATABASES.incrementAndGet();
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return POSTGRES.getJdbcUrl("postgres", name);
    }
  }
}
