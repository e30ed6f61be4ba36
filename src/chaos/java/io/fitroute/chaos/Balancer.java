package io.fitroute.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;

/**
 * One port in front of several services, like a load balancer: connections are distributed in turn
 * and skip services that do not listen.
 */
final class Balancer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final List<Integer> ports;
  private final NetServer server;
  private int turn;

  /**
   * @param ports the ports of the services
   */
  Balancer(List<Integer> ports) {
    this.ports = List.copyOf(ports);
    this.server =
        vertx
            .createNetServer()
            .connectHandler(
                caller -> {
                  caller.pause();
                  turn++;
                  connect(caller, 0);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  private void connect(NetSocket caller, int tried) {
    if (tried == ports.size()) {
      caller.close();
      return;
    }
    client
        .connect(ports.get((turn + tried) % ports.size()), "127.0.0.1")
        .onFailure(nobody -> connect(caller, tried + 1))
        .onSuccess(
            service -> {
              service.pause();
              caller.pipeTo(service);
              service.pipeTo(caller);
            });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
