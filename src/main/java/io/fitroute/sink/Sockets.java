package io.fitroute.sink;

import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/**
 * The sockets of one connection to a server, which can be closed while other threads wait for them.
 */
final class Sockets {

  private final Set<Socket> all = new HashSet<>();
  private boolean closed;

  /**
   * Adds a socket; it is closed at once if the others are.
   *
   * @return the same socket
   */
  synchronized <S extends Socket> S add(S socket) {
    all.add(socket);
    if (closed) {
      close(socket);
    }
    return socket;
  }

  /** Closes all sockets, including those added later. */
  synchronized void close() {
    closed = true;
    all.forEach(Sockets::close);
  }

  /** Closes abruptly, because TLS would wait for a write in progress before its closing message. */
  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      // it is closed already
    }
    try {
      socket.close();
    } catch (IOException gone) {
      // it is closed, as intended
    }
  }
}
