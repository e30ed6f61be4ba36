package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.apache.commons.net.DefaultSocketFactory;

/**
 * Creates the sockets of an FTP client. The first one is the control connection, whose responses
 * are limited in size.
 */
final class FtpSockets extends DefaultSocketFactory {

  private final Sockets sockets;
  private boolean hasControl;

  FtpSockets(Sockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public Socket createSocket() {
    Socket socket = sockets.add(hasControl ? new Socket() : new ControlSocket());
    hasControl = true;
    return socket;
  }

  /** The client itself reads lines of any length. */
  private static final class ControlSocket extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new BoundedAnswer(super.getInputStream(), BoundedAnswer.SHORT);
    }
  }
}
