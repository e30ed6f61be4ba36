package io.fitroute.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A subscriber: returns challenges, keeps the events it receives, and responds as configured. */
final class Callback implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch ended = new CountDownLatch(1);
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<String> signatures = new CopyOnWriteArrayList<>();
  volatile String questions = "";
  volatile ToIntFunction<Integer> statusOfEvent = count -> 200;
  volatile int statusOfChallenge = 200;
  volatile boolean echoes = true;
  volatile boolean silent;

  Callback() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(address, 0);
    server.setExecutor(executor);
    server.createContext("/webhook", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhook";
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (silent) {
      awaitEnd();
    }
    if (exchange.getRequestMethod().equals("GET")) {
      questions = exchange.getRequestURI().getQuery();
      answer(exchange, statusOfChallenge, echo(questions));
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Strava-Signature")));
    int status;
    synchronized (events) {
      events.add(new String(body, StandardCharsets.UTF_8));
      status = statusOfEvent.applyAsInt(events.size());
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private String echo(String query) {
    String challenge = query.replaceAll(".*hub\\.challenge=([^&]*).*", "$1");
    return "{\"hub.challenge\":\"" + (echoes ? challenge : "wrong") + "\"}";
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
