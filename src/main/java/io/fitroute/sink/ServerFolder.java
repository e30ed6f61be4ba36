package io.fitroute.sink;

import io.fitroute.transfer.Deadlines;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.util.TimeUtils;

/** A folder on a server with a login and a port of its own. */
public abstract class ServerFolder implements Folder, CamelContextAware {

  private CamelContext camelContext;
  private String host = "";
  private int port;
  private String directory = "";
  private String user = "";
  private String password = "";
  private Duration patience = Duration.ofSeconds(30);

  @Override
  public final Connection open() throws IOException {
    return TimedConnection.open(server(), new Deadlines(patience), this::connect);
  }

  /**
   * Connects and logs in.
   *
   * @param sockets collects every socket that is opened
   */
  abstract Connection connect(Sockets sockets) throws IOException;

  /** The scheme of the server's address. */
  abstract String protocol();

  /** The server's address as text. */
  final String server() {
    return protocol() + "://" + host + ":" + port;
  }

  /** A path of the folder as a path of the server. */
  final String at(String path) {
    return directory.isEmpty() ? path : directory.replaceFirst("/+$", "") + "/" + path;
  }

  final String host() {
    return host;
  }

  final int port() {
    return port;
  }

  final String user() {
    return user;
  }

  final String password() {
    return password;
  }

  /** The time-out for each response of the server. */
  final Duration patience() {
    return patience;
  }

  @Override
  public final CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public final void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  public final void setHost(String host) {
    this.host = host;
  }

  public final void setPort(int port) {
    this.port = port;
  }

  public final void setDirectory(String directory) {
    this.directory = directory;
  }

  public final void setUser(String user) {
    this.user = user;
  }

  public final void setPassword(String password) {
    this.password = password;
  }

  public final void setTimeout(String timeout) {
    patience = Duration.ofMillis(TimeUtils.toMilliSeconds(timeout));
  }
}
