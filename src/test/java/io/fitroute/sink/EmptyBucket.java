package io.fitroute.sink;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fitroute.TlsKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A bucket that is always empty and exposes the last upload. */
final class EmptyBucket implements AutoCloseable {

  private final HttpServer server;
  private final String address;
  private volatile Headers headers = new Headers();
  private volatile byte[] body = {};

  /**
   * @param key the TLS key, created by {@link TlsKey}; empty for no TLS
   */
  EmptyBucket(Optional<Path> key) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
    if (key.isPresent()) {
      HttpsServer secure = HttpsServer.create(anyPort, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls(key.get())));
      server = secure;
    } else {
      server = HttpServer.create(anyPort, 0);
    }
    server.createContext("/", this::answer);
    server.start();
    address =
        (key.isPresent() ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort();
  }

  private static SSLContext tls(Path key) throws Exception {
    char[] password = TlsKey.PASSWORD.toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(key.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("PUT")) {
        headers = exchange.getRequestHeaders();
        body = sent;
      }
      exchange.sendResponseHeaders(exchange.getRequestMethod().equals("HEAD") ? 404 : 200, -1);
    }
  }

  Map<String, String> settings() {
    return Map.of(
        "s3.endpoint", address,
        "s3.bucket", "runs",
        "s3.path-style", "true",
        "s3.access-key", "key-of-ann",
        "s3.secret-key", "secret");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  byte[] body() {
    return body;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
