package io.fitroute.sink;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

final class SshSockets implements SocketFactory {

  private final Sockets sockets;
  private final Duration patience;

  /**
   * @param patience the time-out for connecting
   */
  SshSockets(Sockets sockets, Duration patience) {
    this.sockets = sockets;
    this.patience = patience;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = sockets.add(new Socket());
    socket.connect(new InetSocketAddress(host, port), Math.toIntExact(patience.toMillis()));
    return socket;
  }

  @Override
  public InputStream getInputStream(Socket socket) throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket socket) throws IOException {
    return socket.getOutputStream();
  }
}
