package io.fitroute.sink;

import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** The sockets of one connection to a server, which can be closed while others wait for them. */
final class Sockets {

  private final Set<Socket> all = new HashSet<>();
  private boolean closed;

  /**
   * Adds one; it is closed at once if the others are.
   *
   * @return the same
   */
  synchronized <S extends Socket> S add(S socket) {
    all.add(socket);
    if (closed) {
      close(socket);
    }
    return socket;
  }

  /** Closes all, now and from now on. */
  synchronized void close() {
    closed = true;
    all.forEach(Sockets::close);
  }

  /** Without a farewell, for which TLS would wait until a write under way is through. */
  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      // then there is nothing to wait for
    }
    try {
      socket.close();
    } catch (IOException gone) {
      // that is what was wanted
    }
  }
}
