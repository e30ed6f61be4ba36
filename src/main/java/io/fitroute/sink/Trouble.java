package io.fitroute.sink;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Turns exceptions of libraries into one reason. */
final class Trouble {

  private Trouble() {}

  /**
   * The failure of a server.
   *
   * @param server its address, without credentials
   */
  static IOException with(String server, Throwable failure) {
    return new IOException(server + ": " + reason(failure), failure);
  }

  /** The innermost exception has the cause; outer ones only repeat it. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).strip();
    if (root instanceof UnknownHostException) {
      return "the host " + message + " cannot be found";
    }
    if (message.toLowerCase(Locale.ROOT).startsWith("auth ")) {
      return "the user name, password or key was refused (" + message + ")";
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : message;
  }
}
