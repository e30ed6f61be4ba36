package io.fitroute.runtime;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Checks ports before a server uses them, because Vert.x only logs a failure. */
final class Ports {

  private Ports() {}

  private static boolean isInUse(IOException failure) {
    return failure instanceof BindException
        && String.valueOf(failure.getMessage()).contains("in use");
  }

  /** As {@link #usable}, but never returns a free port that another server is about to use. */
  static int usableBeside(int taken, String setting, String host, int port) {
    int found = usable(setting, host, port);
    while (port == 0 && found == taken) {
      found = usable(setting, host, port);
    }
    return found;
  }

  /**
   * Checks that a port can be used.
   *
   * @param setting the name of its setting
   * @param port 0 for any
   * @return the port, or a free one
   */
  static int usable(String setting, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CannotStart(
          setting
              + " is "
              + port
              + ", which cannot be used on "
              + host
              + " ("
              + e.getMessage()
              + "); stop what uses it, or set another port",
          !isInUse(e),
          e);
    }
  }
}
