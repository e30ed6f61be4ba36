package io.fitroute.service;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.http.HttpUtil;

/**
 * Has a route answer requests, as Camel's own consumer does, but gives the thread back while the
 * route waits. With a thread for each request that waits for its commit, most of the time goes into
 * waking them.
 *
 * <p>Bodies of answers are small here: texts or bytes, and no streams.
 */
final class AsynchronousHttpConsumer extends VertxPlatformHttpConsumer {

  private static final int UNAVAILABLE = 503;

  AsynchronousHttpConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      List<Handler<RoutingContext>> handlers,
      String routerName) {
    super(endpoint, processor, handlers, routerName);
  }

  @Override
  protected void handleRequest(RoutingContext request) {
    if (isSuspended()) {
      request.response().putHeader("Retry-After", "5").setStatusCode(UNAVAILABLE).end();
      return;
    }
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    Context connection = request.vertx().getOrCreateContext();
    processHttpRequest(exchange, request)
        .compose(
            read ->
                request
                    .vertx()
                    .executeBlocking(
                        () -> {
                          createUoW(exchange);
                          route(exchange, () -> finish(connection, exchange, request));
                          return read;
                        },
                        false))
        .onFailure(
            failure -> {
              exchange.setException(failure);
              finish(connection, exchange, request);
            });
  }

  private void route(Exchange exchange, Runnable whatFollows) {
    getAsyncProcessor().process(exchange, synchronously -> whatFollows.run());
  }

  /** The route may end on any thread; a connection is written to on its own. */
  private void finish(Context connection, Exchange exchange, RoutingContext request) {
    connection.runOnContext(
        ready -> {
          try {
            answer(exchange, request);
          } catch (RuntimeException e) {
            request.fail(e);
          } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
          }
        });
  }

  private void answer(Exchange exchange, RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (exchange.getException() != null) {
      request.fail(exchange.getException());
      return;
    }
    Message answer = exchange.getMessage();
    response.setStatusCode(HttpUtil.determineResponseCode(exchange, answer.getBody()));
    HeaderFilterStrategy internal = getEndpoint().getHeaderFilterStrategy();
    answer
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value != null && !internal.applyFilterToCamelHeaders(name, value, exchange)) {
                response.putHeader(name, value.toString());
              }
            });
    String type = MessageHelper.getContentType(answer);
    if (type != null) {
      response.putHeader("Content-Type", type);
    }
    response.end(body(answer));
  }

  private static Buffer body(Message answer) {
    return answer.getBody() instanceof String text
        ? Buffer.buffer(text)
        : Buffer.buffer(answer.getBody() == null ? new byte[0] : answer.getBody(byte[].class));
  }
}
