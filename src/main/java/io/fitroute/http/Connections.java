package io.fitroute.http;

import io.vertx.core.http.HttpConnection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Limits the open connections of a server: for one more, the connection with the longest time since
 * its last request is closed. Idle or slow connections therefore cannot block active clients.
 */
final class Connections {

  private final int most;
  private final Set<HttpConnection> open = new LinkedHashSet<>();

  /**
   * @param most the maximum number of connections
   */
  Connections(int most) {
    this.most = most;
  }

  /** Adds a new connection. */
  void opened(HttpConnection connection) {
    connection.closeHandler(closed -> closed(connection));
    add(connection).ifPresent(HttpConnection::close);
  }

  private synchronized Optional<HttpConnection> add(HttpConnection connection) {
    open.add(connection);
    if (open.size() <= most) {
      return Optional.empty();
    }
    Iterator<HttpConnection> quietest = open.iterator();
    HttpConnection victim = quietest.next();
    quietest.remove();
    return Optional.of(victim);
  }

  /** Records a request on a connection. */
  synchronized void used(HttpConnection connection) {
    if (open.remove(connection)) {
      open.add(connection);
    }
  }

  private synchronized void closed(HttpConnection connection) {
    open.remove(connection);
  }
}
