package io.fitroute.http;

import io.vertx.core.http.HttpConnection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The open connections of a server, of which there are only so many: for one more, the one that has
 * been without a request for longest is closed. So those who open connections and say nothing, or
 * hardly anything, do not keep out those who have something to say.
 */
final class Connections {

  private final int most;
  private final Set<HttpConnection> open = new LinkedHashSet<>();

  /**
   * @param most how many there may be
   */
  Connections(int most) {
    this.most = most;
  }

  /** Takes note of a new one. */
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

  /** Takes note of a request on one. */
  synchronized void used(HttpConnection connection) {
    if (open.remove(connection)) {
      open.add(connection);
    }
  }

  private synchronized void closed(HttpConnection connection) {
    open.remove(connection);
  }
}
