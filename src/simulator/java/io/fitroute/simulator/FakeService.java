package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A fake service over real HTTP on this machine that responds in JSON, records each request, and
 * fails on demand. Thread-safe.
 */
abstract class FakeService implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int LOG_SIZE = 100_000;
  private static final long LARGEST_BODY = 16L << 20;

  final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(4)
              .setInternalBlockingPoolSize(2)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final RequestLog log = new RequestLog(LOG_SIZE);
  private final Faults faults = new Faults();
  private final Router router = Router.router(vertx);
  private HttpServer server;

  /** Listens on a free port, after the subclass has added its endpoints. */
  final void listen() {
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, HOST)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (CompletionException problem) {
      vertx.close();
      throw new IllegalStateException("the fake service cannot start", problem);
    }
  }

  /** Records every request and applies faults first. */
  final void begin(Clock clock) {
    router.route().handler(new FrontDoor(log, faults, clock));
    router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
  }

  /** Adds an endpoint for a method and a path such as {@code /v1/workouts/:id}. */
  final void on(String method, String path, Function<RoutingContext, Answer> answer) {
    router
        .route(HttpMethod.valueOf(method), path)
        .handler(context -> send(context, answered(context, answer)));
  }

  private static Answer answered(RoutingContext context, Function<RoutingContext, Answer> answer) {
    try {
      return answer.apply(context);
    } catch (Refused refused) {
      return refused.answer;
    }
  }

  private static void send(RoutingContext context, Answer answer) {
    context.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.type());
    context.response().end(Buffer.buffer(answer.body()));
  }

  /** A response. */
  record Answer(int status, String type, byte[] body) {
    static Answer json(int status, JsonNode document) {
      return new Answer(status, "application/json; charset=utf-8", Json.bytes(document));
    }

    static Answer error(int status, String error) {
      return json(status, Json.object().put("status", status).put("error", error));
    }
  }

  /** Aborts a request with an error response. */
  static final class Refused extends RuntimeException {
    private final transient Answer answer;

    Refused(int status, String error) {
      super(error);
      answer = Answer.error(status, error);
    }
  }

  /** The body, which must be a JSON object. */
  static ObjectNode object(RoutingContext context) {
    return Json.readObject(context.body().buffer().getBytes())
        .orElseThrow(() -> new Refused(400, "Invalid request body"));
  }

  /** A query parameter as a whole number. */
  static int number(RoutingContext context, String name, int otherwise) {
    List<String> values = context.queryParam(name);
    try {
      return values.isEmpty() ? otherwise : Integer.parseInt(values.get(0));
    } catch (NumberFormatException none) {
      throw new Refused(400, name + " is not a number");
    }
  }

  /** Its address. */
  public final URI url() {
    return URI.create("http://" + HOST + ":" + server.actualPort());
  }

  /** The requests received, in order of arrival. */
  public final List<RecordedRequest> requests() {
    return log.all();
  }

  /**
   * The number of requests received with a method and a path, in which {@code *} is one segment.
   */
  public final long count(String method, String path) {
    return log.count(method, new PathPattern(path));
  }

  /** Arms a fault; faults armed earlier take precedence. */
  public final ArmedFault arm(FaultRule rule) {
    return faults.arm(rule);
  }

  /** Arms a fault that strikes every request to these paths. */
  public final ArmedFault arm(String path, Fault fault) {
    return arm(FaultRule.on(path, fault));
  }

  /** Disarms all faults. */
  public final void disarmFaults() {
    faults.disarmAll();
  }

  /** Stops the fake. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
