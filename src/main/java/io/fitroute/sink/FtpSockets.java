package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.apache.commons.net.DefaultSocketFactory;

/**
 * Makes the sockets of an FTP client. The first is the one of the control connection, on which a
 * server only has so much to say.
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
