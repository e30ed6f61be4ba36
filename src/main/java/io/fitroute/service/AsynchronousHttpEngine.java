package io.fitroute.service;

import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's HTTP server on Vert.x, with routes that hold no thread while they wait. */
final class AsynchronousHttpEngine extends VertxPlatformHttpEngine {

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new AsynchronousHttpConsumer(
        endpoint,
        processor,
        List.copyOf(getHandlers()),
        VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()));
  }
}
