package io.fitroute.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leads connections to a port of this machine, and can be cut, or held so that nothing passes. */
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
   * @param port where the server listens
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

  /** Where it begins. */
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

  /** All connections end, and new ones at once. */
  void cut() {
    state = State.CUT;
    endAll();
  }

  /** Nothing passes any more, and nobody is told. */
  void hold() {
    state = State.HELD;
    open.forEach(NetSocket::pause);
  }

  /** New connections are led again; what was held has ended. */
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
