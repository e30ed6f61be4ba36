package io.fitroute.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The databases for a ledger. */
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
   * The databases tests are run with: all, or with {@code -Dfitroute.databases=files} those without
   * a server.
   */
  public static Stream<Database> all() {
    boolean files = "files".equals(System.getProperty("fitroute.databases"));
    return Stream.of(values()).filter(one -> one == SQLITE || !files);
  }

  /** Restarts a database server and waits until it responds. */
  public static void restart(DataSource server) {
    try {
      Path folder =
          Path.of(
              JdbcClient.create(server).sql("show data_directory").query(String.class).single());
      long process =
          Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
      Path program =
          Path.of(ProcessHandle.of(process).orElseThrow().info().command().orElseThrow());
      List<String> command = new ArrayList<>();
      if (System.getProperty("user.name").equals("root")) {
        // PostgreSQL does not run as root
        command.addAll(List.of("unshare", "-U"));
      }
      command.addAll(
          List.of(
              program.resolveSibling("pg_ctl").toString(),
              "-D",
              folder.toString(),
              "-m",
              "fast",
              "-w",
              "-l",
              folder.resolve("restart.log").toString(),
              "restart"));
      int end =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (end != 0) {
        throw new IllegalStateException("pg_ctl ended with " + end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The address of a new, empty database. */
  public abstract String url(Path folder);

  /** One server for all tests of a run. */
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
