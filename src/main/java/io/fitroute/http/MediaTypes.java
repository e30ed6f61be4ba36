package io.fitroute.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Accepts {@code Application/JSON}: media types are case-insensitive (RFC 9110, 8.3.1) and a space
 * may precede a parameter, but Vert.x compares them literally.
 */
public final class MediaTypes {

  private MediaTypes() {}

  /** Installs this in all servers of the context. */
  public static void install(CamelContext context) {
    for (VertxPlatformHttpRouter router :
        context.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
      if (router.getServer().getServer().requestHandler() instanceof Router outer) {
        outer.route().order(Integer.MIN_VALUE).handler(routing -> handle(routing, outer));
      }
    }
  }

  /** Vert.x has already read the headers, so the request is routed again. */
  private static void handle(RoutingContext routing, Router router) {
    HttpServerRequest request = routing.request();
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String same = given == null ? "" : canonical(given);
    if (given == null || same.equals(given)) {
      routing.next();
    } else {
      request.headers().set(HttpHeaders.CONTENT_TYPE, same);
      router.handle(request);
    }
  }

  /** Parameters, such as a boundary, are left unchanged. */
  private static String canonical(String type) {
    int end = type.indexOf(';');
    int length = end < 0 ? type.length() : end;
    return type.substring(0, length).strip().toLowerCase(Locale.ROOT) + type.substring(length);
  }
}
