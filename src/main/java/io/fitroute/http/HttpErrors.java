package io.fitroute.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds to requests that match no route in the same form as routes do, without logging them:
 * Vert.x would log addresses, which may contain tokens.
 */
public final class HttpErrors {

  private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);

  /** Enough time for a disk to have space again, and short enough for Strava's next attempt. */
  private static final String RETRY_AFTER_SECONDS = "30";

  private final Map<Integer, String> details;

  /**
   * @param largestBody the maximum size of a body in bytes
   */
  public HttpErrors(long largestBody) {
    details =
        Map.of(
            400, "the request cannot be read",
            404, "not found; GET / lists what there is",
            406, "no response of a type that the request accepts",
            413, "the body is larger than the " + largestBody + " bytes allowed",
            415, "the body must be of the type application/json",
            417, "the only supported expectation is 100-continue",
            500, "an internal error occurred",
            503, "the event could not be stored; please send it again");
  }

  /** Installs this in all servers of the context. */
  public void install(CamelContext context) {
    context.getRegistry().findByType(VertxPlatformHttpRouter.class).forEach(this::install);
  }

  /** Camel's router is nested in another one, which receives what matches no route. */
  private void install(VertxPlatformHttpRouter router) {
    answerErrors(router);
    if (router.getServer().getServer().requestHandler() instanceof Router outer) {
      answerErrors(outer);
      outer.route().order(Integer.MIN_VALUE).handler(HttpErrors::askForAnotherTry);
    }
  }

  /** Camel also responds with 503 by itself while it starts and stops. */
  private static void askForAnotherTry(RoutingContext request) {
    request.addHeadersEndHandler(
        ending -> {
          if (request.response().getStatusCode() == 503) {
            request.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
          }
        });
    request.next();
  }

  private void answerErrors(Router router) {
    for (int status : details.keySet()) {
      router.errorHandler(status, failed -> answer(failed, status));
    }
    // a path with an unsupported method is not an endpoint of this service
    router.errorHandler(405, failed -> answer(failed, 404));
    // Vert.x reports a caller who disconnects within a body this way; no response is possible
    router.errorHandler(200, failed -> {});
  }

  private void answer(RoutingContext failed, int status) {
    if (status == 500 && failed.failure() != null) {
      LOG.warn("A request failed: {}", ErrorMessages.of(failed.failure()));
    }
    if (failed.response().ended()) {
      return;
    }
    failed
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", details.get(status))
                .encode());
  }
}
