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

  private Properties properties(String options) {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "fitroute");
    properties.setProperty("readOnlyMode", "always");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("options", options);
    return properties;
  }

  /** A new connection each time. */
  DataSource plain() {
    return new DriverManagerDataSource(url, properties(OPTIONS));
  }

  /** Connections that are kept. */
  HikariDataSource pool(HikariConfig config) {
    return pool(config, OPTIONS);
  }

  /** Connections that are kept, and do not wait until what they commit is on disk. */
  HikariDataSource forgetful(HikariConfig config) {
    return pool(config, OPTIONS + " -c synchronous_commit=off");
  }

  private HikariDataSource pool(HikariConfig config, String options) {
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties(options));
    return new HikariDataSource(config);
  }
}
