package io.fitroute.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that receives each file in one request and keeps it in memory. */
abstract class RequestStorage implements Storage {

  private final Wire wire = new Wire();
  private final AtomicBoolean full = new AtomicBoolean();
  private final SortedMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final int port;

  RequestStorage() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean allowed =
                authorization().equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, body, allowed ? 0 : 401);
          }
        });
    server.start();
    port = wire.lead(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange, byte[] body, int refusal) throws IOException {
    exchange.getResponseHeaders().add("file", "elsewhere");
    if (refusal != 0) {
      exchange.sendResponseHeaders(refusal, -1);
      return;
    }
    take(exchange, body);
  }

  /** The value of the header that grants access. */
  abstract String authorization();

  abstract void take(HttpExchange exchange, byte[] body) throws IOException;

  final String address() {
    return "http://" + Wire.HOST + ":" + port;
  }

  final boolean isFull() {
    return full.get();
  }

  final SortedMap<String, byte[]> kept() {
    return files;
  }

  @Override
  public final SortedMap<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  @Override
  public final void put(String path, byte[] content) {
    files.put(path, content);
  }

  @Override
  public final void full(boolean now) {
    full.set(now);
  }

  @Override
  public final Wire wire() {
    return wire;
  }

  @Override
  public final void close() {
    wire.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** A server that accepts files by PUT. */
  static final class Web extends RequestStorage {

    Web() throws IOException {}

    @Override
    String authorization() {
      return "Bearer s#(cret";
    }

    @Override
    void take(HttpExchange exchange, byte[] body) throws IOException {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/in/", "");
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          if (!isFull()) {
            kept().put(path, body);
          }
          exchange.sendResponseHeaders(isFull() ? 507 : 201, -1);
        }
        case "HEAD" -> {
          byte[] found = kept().get(path);
          if (found != null) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(found.length));
          }
          exchange.sendResponseHeaders(found == null ? 404 : 200, -1);
        }
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("http.url", address() + "/in", "http.authorization", authorization());
    }

    @Override
    public Map<String, String> wrongCredentials() {
      return Map.of("http.authorization", "Bearer wrong-word");
    }
  }

  /** Intervals.icu as documented: files are identified by their content. */
  static final class Intervals extends RequestStorage {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    Intervals() throws IOException {}

    @Override
    String authorization() {
      return "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  ("API_KEY:" + SinkContract.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void take(HttpExchange exchange, byte[] body) throws IOException {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("GET") && path.startsWith("/api/v1/activity/")) {
        boolean there = kept().containsKey(path.substring("/api/v1/activity/".length()));
        send(exchange, there ? 200 : 404, "{}");
      } else if (!path.equals("/api/v1/athlete/0/activities")) {
        send(exchange, 404, "{}");
      } else if (isFull()) {
        send(exchange, 422, "{\"status\":422,\"error\":\"no more\"}");
      } else {
        byte[] file = file(exchange, body);
        String known =
            kept().keySet().stream()
                .filter(id -> Arrays.equals(kept().get(id), file))
                .findFirst()
                .orElse("");
        String id = known.isEmpty() ? "i" + (kept().size() + 1) : known;
        kept().put(id, file);
        send(
            exchange,
            known.isEmpty() ? 201 : 200,
            "{\"icu_athlete_id\":\"i9\",\"id\":\"" + id + "\",\"activities\":[]}");
      }
    }

    /** The only part of the form. */
    private static byte[] file(HttpExchange exchange, byte[] body) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      String boundary = type.replaceFirst("^multipart/form-data;.*boundary=([^;]+).*$", "$1");
      int from = 0;
      while (!Arrays.equals(Arrays.copyOfRange(body, from, from + 4), END_OF_HEAD)) {
        from++;
      }
      int end = ("\r\n--" + boundary + "--\r\n").length();
      return Arrays.copyOfRange(body, from + 4, body.length - end);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("intervals.url", address(), "intervals.api-key", SinkContract.PASSWORD);
    }

    @Override
    public Map<String, String> wrongCredentials() {
      return Map.of("intervals.api-key", "wrong-word");
    }
  }
}
