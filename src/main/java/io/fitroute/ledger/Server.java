package io.fitroute.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How a PostgreSQL server is connected to: one that does not answer, and a transaction that does
 * not end, must not stop all.
 */
final class Server {

  private static final String OPTIONS =
      "-c idle_in_transaction_session_timeout=10s -c lock_timeout=15s -c statement_timeout=20s";

  /**
   * What works on events looks each up by an index. The planner would rather sort or look through
   * all while its statistics say that hardly anything is pending, as they do when a crowd comes in
   * after a long quiet.
   */
  private static final String BY_INDEX = " -c enable_sort=off -c enable_seqscan=off";

  /**
   * Pondering a claim anew each time takes the longer the more is pending, and comes to the same.
   * This is right only where every statement has but one plan that goes by an index.
   */
  private static final String PLANNED_ONCE = " -c plan_cache_mode=force_generic_plan";

  private final String url;
  private final String user;
  private final String password;

  /**
   * @param user empty if the URL says all
   */
  Server(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  private Properties properties(String application) {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", application);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "5");
    return properties;
  }

  private Properties working(String options) {
    Properties properties = properties("fitroute");
    properties.setProperty("readOnlyMode", "always");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("options", options);
    return properties;
  }

  /** Connections on which whole tables are read or written, which may take long. */
  DataSource copying() {
    Properties properties = properties("fitroute-copy");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("options", "-c lock_timeout=15s");
    return new DriverManagerDataSource(url, properties);
  }

  /** A new connection each time. */
  DataSource plain() {
    return new DriverManagerDataSource(url, working(OPTIONS));
  }

  /** Connections that are kept, for reading. */
  HikariDataSource reading(HikariConfig config) {
    return pool(config, OPTIONS);
  }

  /**
   * Connections that are kept, for work on events: whatever the server does by default, what they
   * commit is on disk before anybody is told so.
   */
  HikariDataSource writing(HikariConfig config) {
    return pool(config, OPTIONS + BY_INDEX + " -c synchronous_commit=on");
  }

  /**
   * Connections that are kept, for claims: each statement is planned once, and nobody waits until
   * what they commit is on disk.
   */
  HikariDataSource claiming(HikariConfig config) {
    return pool(config, OPTIONS + BY_INDEX + PLANNED_ONCE + " -c synchronous_commit=off");
  }

  private HikariDataSource pool(HikariConfig config, String options) {
    config.setJdbcUrl(url);
    config.setDataSourceProperties(working(options));
    return new HikariDataSource(config);
  }
}
