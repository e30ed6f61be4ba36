package io.fitroute.sink;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * An FTP client with TLS whose data connections resume the session of the control connection, which
 * many servers insist on: it shows that both are one client's. Java looks for a session by host and
 * port, so that the data connection has to pass for one to the control port.
 *
 * <p>By itself the client would trust every certificate that has not run out, of whatever host.
 */
final class ResumingFtpsClient extends FTPSClient {

  private final SSLContext context;
  private final Sockets sockets;

  /**
   * @param sockets to which those of data connections are added
   */
  ResumingFtpsClient(boolean implicit, SSLContext context, Sockets sockets) {
    super(implicit, context);
    this.context = context;
    this.sockets = sockets;
    setEndpointCheckingEnabled(true);
  }

  /** From now on data connections are encrypted, those to the server not by this factory. */
  @Override
  public void execPROT(String level) throws IOException {
    super.execPROT(level);
    setSocketFactory(new Plain(getRemotePort(), sockets));
  }

  @Override
  protected Socket _openDataConnection_(String command, String argument) throws IOException {
    Socket plain = super._openDataConnection_(command, argument);
    if (!(plain instanceof ControlPortSocket)) {
      return plain;
    }
    try {
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, _hostname_, getRemotePort(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.setUseClientMode(true);
      socket.startHandshake();
      return socket;
    } catch (IOException failure) {
      plain.close();
      throw failure;
    }
  }

  /** A socket that says of itself that it leads to the control port. */
  private static final class ControlPortSocket extends Socket {
    private final int controlPort;

    ControlPortSocket(int controlPort) {
      this.controlPort = controlPort;
    }

    @Override
    public int getPort() {
      return controlPort;
    }
  }

  private static final class Plain extends DefaultSocketFactory {
    private final int controlPort;
    private final Sockets sockets;

    Plain(int controlPort, Sockets sockets) {
      this.controlPort = controlPort;
      this.sockets = sockets;
    }

    @Override
    public Socket createSocket() {
      return sockets.add(new ControlPortSocket(controlPort));
    }
  }
}
