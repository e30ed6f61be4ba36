package io.fitroute.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A WebDAV server that implements the methods used, with refusals, according to RFC 4918. */
final class WebDavStorage extends FolderStorage {

  private static final String BASE = "/dav/files/ann";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int port;

  WebDavStorage(Path root) throws IOException {
    super(root);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        BASE,
        exchange -> {
          try (exchange) {
            int status = isAllowed(exchange) ? answer(exchange) : 401;
            if (status != 0) {
              exchange.sendResponseHeaders(status, -1);
            }
          }
        });
    server.start();
    port = wire().lead(server.getAddress().getPort());
  }

  private static boolean isAllowed(HttpExchange exchange) {
    String word =
        Base64.getEncoder()
            .encodeToString(("ann:" + SinkContract.PASSWORD).getBytes(StandardCharsets.UTF_8));
    return ("Basic " + word).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  /** Returns the status to send; 0 if the response has been sent. */
  private int answer(HttpExchange exchange) throws IOException {
    Path file = at(exchange.getRequestURI());
    boolean folderIsMissing = !Files.isDirectory(file.getParent());
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> folderIsMissing ? 409 : put(exchange, file);
      case "MKCOL" -> Files.exists(file) ? 405 : folderIsMissing ? 409 : make(file);
      case "MOVE" -> Files.exists(file) ? move(exchange, file) : 404;
      case "DELETE" -> isKeeping() ? 423 : Files.deleteIfExists(file) ? 204 : 404;
      case "GET" -> Files.isRegularFile(file) ? send(exchange, 200, Files.readAllBytes(file)) : 404;
      case "PROPFIND" -> Files.exists(file) ? describe(exchange, file) : 404;
      default -> 405;
    };
  }

  private Path at(URI address) {
    Path file = root().resolve(address.getPath().substring(BASE.length() + 1)).normalize();
    if (!file.startsWith(root())) {
      throw new IllegalArgumentException(address.toString());
    }
    return file;
  }

  private int put(HttpExchange exchange, Path file) throws IOException {
    boolean there = Files.exists(file);
    try (InputStream body = exchange.getRequestBody()) {
      if (isFull()) {
        body.transferTo(OutputStream.nullOutputStream());
        return 507;
      }
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return there ? 204 : 201;
  }

  private static int make(Path folder) throws IOException {
    Files.createDirectory(folder);
    return 201;
  }

  private int move(HttpExchange exchange, Path file) throws IOException {
    if (refusal() != Refusal.NONE) {
      return refusal() == Refusal.BUSY ? 423 : 403;
    }
    Path target = at(URI.create(exchange.getRequestHeaders().getFirst("Destination")));
    boolean there = Files.exists(target);
    if (there && exchange.getRequestHeaders().getFirst("Overwrite").equals("F")) {
      return 412;
    }
    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    return there ? 204 : 201;
  }

  private static int describe(HttpExchange exchange, Path file) throws IOException {
    String text =
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>"
            + exchange.getRequestURI().getRawPath()
            + "</d:href><d:propstat><d:prop><d:getcontentlength>"
            + Files.size(file)
            + "</d:getcontentlength></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
            + "</d:response></d:multistatus>";
    return send(exchange, 207, text.getBytes(StandardCharsets.UTF_8));
  }

  private static int send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    return 0;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "webdav.url",
        "http://" + Wire.HOST + ":" + port + BASE,
        "webdav.user",
        "ann",
        "webdav.password",
        SinkContract.PASSWORD);
  }

  @Override
  public Map<String, String> wrongCredentials() {
    return Map.of("webdav.password", "wrong-word");
  }

  @Override
  public void close() {
    wire().close();
    server.stop(0);
    threads.shutdownNow();
  }
}
