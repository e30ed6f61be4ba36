package io.fitroute.sink;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * An FTP client with TLS whose data connections resume the session of the control connection. Many
 * servers require this as proof that both belong to the same client. Java looks up sessions by host
 * and port, so the data connection has to claim the control port.
 *
 * <p>The base class alone would accept any certificate that has not expired, for any host.
 */
final class ResumingFtpsClient extends FTPSClient {

  private final SSLContext context;
  private final Sockets sockets;

  /**
   * @param sockets collects the sockets of data connections
   */
  ResumingFtpsClient(boolean implicit, SSLContext context, Sockets sockets) {
    super(implicit, context);
    this.context = context;
    this.sockets = sockets;
    setEndpointCheckingEnabled(true);
  }

  /**
   * From now on data connections are encrypted; this factory creates the plain sockets under them.
   */
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

  /** A socket that reports the control port as its port. */
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
