package io.fitroute.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests that a proxy may interpret differently: with two statements of their length (RFC
 * 9112, 6.1) or several hosts (RFC 9112, 3.2).
 */
final class StrictRequests {

  private StrictRequests() {}

  /** Installs the check on a new connection before its first request is read. */
  static void install(HttpConnection connection, HttpServerOptions options) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channelHandlerContext().pipeline();
      if (pipeline.get(VertxHttpRequestDecoder.class) != null) {
        pipeline.replace(VertxHttpRequestDecoder.class, "httpDecoder", new Decoder(options));
      }
    }
  }

  /** Refuses a request with more than one host. */
  static void checkHost(RoutingContext request) {
    if (request.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      request.fail(400);
    } else {
      request.next();
    }
  }

  /** Netty alone would use one of the two, while a proxy might use the other. */
  private static final class Decoder extends VertxHttpRequestDecoder {

    Decoder(HttpServerOptions options) {
      super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
      // this leads to the response 400 and nothing more is read from the connection
      throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
  }
}
