package io.fitroute.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards connections to a port of this machine; can be cut, or held so that nothing passes. */
final class Cable implements AutoCloseable {

  private enum State {
    WHOLE,
    HELD,
    CUT
  }

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final NetServer server;
  private volatile State state = State.WHOLE;

  /**
   * @param port the port of the server
   */
  Cable(int port) {
    this.server =
        vertx
            .createNetServer()
            .connectHandler(caller -> lead(caller, port))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** The port to connect to. */
  int port() {
    return server.actualPort();
  }

  private void lead(NetSocket caller, int port) {
    caller.pause();
    open.add(caller);
    if (state == State.CUT) {
      caller.close();
    } else if (state == State.WHOLE) {
      client
          .connect(port, "127.0.0.1")
          .onFailure(away -> caller.close())
          .onSuccess(called -> join(caller, called));
    }
  }

  private void join(NetSocket caller, NetSocket called) {
    open.add(called);
    called.pause();
    caller.pipeTo(called);
    called.pipeTo(caller);
  }

  /** Closes all connections, and new ones at once. */
  void cut() {
    state = State.CUT;
    endAll();
  }

  /** Forwards nothing any more, without closing connections. */
  void hold() {
    state = State.HELD;
    open.forEach(NetSocket::pause);
  }

  /** Forwards new connections again; held ones are closed. */
  void mend() {
    state = State.WHOLE;
    endAll();
  }

  private void endAll() {
    open.forEach(NetSocket::close);
    open.clear();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
