package io.fitroute.benchmark;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** The least that can answer a webhook with Vert.x: reads the body, looks at nothing, answers. */
public final class BareServer extends AbstractVerticle {

  private static final int EVENT_LOOPS = 2;

  /** Runs until it is ended; the argument is its port. */
  public static void main(String[] arguments) {
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS))
        .deployVerticle(
            BareServer.class,
            new DeploymentOptions()
                .setInstances(EVENT_LOOPS)
                .setConfig(new JsonObject().put("port", Integer.parseInt(arguments[0]))));
  }

  @Override
  public void start() {
    vertx
        .createHttpServer()
        .requestHandler(BareServer::answer)
        .listen(config().getInteger("port"), "127.0.0.1");
  }

  private static void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"status\":\"received\"}"));
  }
}
