package io.fitroute.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The runtime API of AWS Lambda: the next event, and an endpoint for its response. */
public final class RuntimeApi implements AutoCloseable {

  private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";

  /** An event and the function's response. */
  private record Invocation(String id, String event, CompletableFuture<String> answer) {}

  private final HttpServer server;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> handedOut = new ConcurrentHashMap<>();
  private final CompletableFuture<String> failedStart = new CompletableFuture<>();

  public RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(INVOCATIONS, this::handle);
    server.createContext(
        "/2018-06-01/runtime/init/error",
        exchange -> {
          failedStart.complete(text(exchange));
          answer(exchange, 202, "");
        });
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Invokes the function; fails with the error it reports. */
  public CompletableFuture<String> invoke(String event) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    failedStart.thenAccept(
        why -> invocation.answer().completeExceptionally(new IllegalStateException(why)));
    waiting.add(invocation);
    return invocation.answer().orTimeout(90, TimeUnit.SECONDS);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(INVOCATIONS.length());
    if (path.equals("next")) {
      handOut(exchange);
      return;
    }
    String[] parts = path.split("/");
    CompletableFuture<String> answer = handedOut.get(parts[0]).answer();
    String body = text(exchange);
    if (parts[1].equals("response")) {
      answer.complete(body);
    } else {
      answer.completeExceptionally(new IllegalStateException(body));
    }
    answer(exchange, 202, "");
  }

  private void handOut(HttpExchange exchange) throws IOException {
    try {
      Invocation next = waiting.take();
      handedOut.put(next.id(), next);
      var headers = exchange.getResponseHeaders();
      headers.set("Lambda-Runtime-Aws-Request-Id", next.id());
      headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
      headers.set(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:eu-central-1:123456789012:function:x");
      headers.set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0");
      headers.set("Lambda-Runtime-Client-Context", "");
      headers.set("Lambda-Runtime-Cognito-Identity", "");
      headers.set("Content-Type", "application/json");
      answer(exchange, 200, next.event());
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
