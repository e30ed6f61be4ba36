package io.fitroute.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connection settings for a PostgreSQL server, with time-outs so that neither an unresponsive
 * server nor an endless transaction stops all work.
 */
final class Server {

  private static final String OPTIONS =
      "-c idle_in_transaction_session_timeout=10s -c lock_timeout=15s -c statement_timeout=20s";

  /**
   * Queries on events use an index. The planner would prefer sorts or full scans while its
   * statistics say that almost nothing is pending, as they do when many events arrive after a long
   * quiet time.
   */
  private static final String BY_INDEX = " -c enable_sort=off -c enable_seqscan=off";

  /**
   * Planning a claim anew each time takes longer the more is pending, with the same result. This is
   * only correct if every statement has a single plan, by an index.
   */
  private static final String PLANNED_ONCE = " -c plan_cache_mode=force_generic_plan";

  private final String url;
  private final String user;
  private final String password;

  /**
   * @param user empty if the URL contains the login
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

  /** Connections for reading or writing whole tables, which may take long. */
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

  /** Pooled connections for reading. */
  HikariDataSource reading(HikariConfig config) {
    return pool(config, OPTIONS);
  }

  /**
   * Pooled connections for work on events; commits wait for the disk whatever the server's default
   * is.
   */
  HikariDataSource writing(HikariConfig config) {
    return pool(config, OPTIONS + BY_INDEX + " -c synchronous_commit=on");
  }

  /**
   * Pooled connections for claims: each statement is planned once, and commits do not wait for the
   * disk.
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
