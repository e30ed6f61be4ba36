package io.fitroute.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Vert.x with servers that close idle connections, limit their number, and accept strict HTTP/1.1
 * only. Camel's own servers do not, and have no settings for it.
 */
public final class GuardedVertx extends VertxWrapper {

  private final Duration idle;
  private final Connections connections;

  /**
   * @param idle how long a connection may be idle
   * @param most the maximum number of connections
   */
  public GuardedVertx(Vertx vertx, Duration idle, int most) {
    super((VertxInternal) vertx);
    this.idle = idle;
    this.connections = new Connections(most);
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    HttpServerOptions guarded =
        new HttpServerOptions(options)
            .setIdleTimeout(Math.toIntExact(idle.toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            // a body that a proxy forwards must not switch the protocol here
            .setHttp2ClearTextEnabled(false);
    return super.createHttpServer(guarded)
        .connectionHandler(
            connection -> {
              StrictRequests.install(connection, guarded);
              connections.opened(connection);
            });
  }

  /** Makes the servers of a context report requests. */
  public void install(CamelContext context) {
    for (VertxPlatformHttpRouter router :
        context.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
      if (router.getServer().getServer().requestHandler() instanceof Router outer) {
        outer
            .route()
            .order(Integer.MIN_VALUE)
            .handler(
                request -> {
                  connections.used(request.request().connection());
                  StrictRequests.checkHost(request);
                });
      }
    }
  }
}
