package io.fitroute.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fitroute.simulator.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A file store on another host, to which Strava's web site redirects; it records its requests. */
final class FileStore implements AutoCloseable {

  /** Answers one request. */
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param target path and query as sent
   * @param headers with names in lower case
   */
  record Asked(String target, Map<String, List<String>> headers) {}

  FileStore(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(new Asked(exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
            answer.send(exchange);
          } catch (IOException gone) {
            // the client has disconnected
          }
        });
    server.start();
  }

  /** Returns this file. */
  static FileStore of(byte[] file) {
    return new FileStore(
        exchange -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file);
        });
  }

  /** Returns these bytes followed by zeros until the client disconnects. */
  static FileStore endless(byte[] head) {
    return new FileStore(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write(head);
          byte[] zeros = new byte[8192];
          while (true) {
            body.write(zeros);
          }
        });
  }

  /** A redirect from Strava to this store. */
  Fault redirect(String target) {
    return redirectTo("http://127.0.0.2:" + server.getAddress().getPort() + target);
  }

  /** A redirect to anywhere. */
  static Fault redirectTo(String location) {
    return new Fault.Answer(302, "text/html", Map.of("Location", location), new byte[0]);
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
