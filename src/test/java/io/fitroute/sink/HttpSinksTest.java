package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fitroute.http.ErrorMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sinks that consist of a single request. */
class HttpSinksTest {

  private static final String SHA256 = "ab".repeat(32);

  @TempDir Path folder;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(201);
  private HttpServer server;
  private String address;

  private record Asked(
      String method, String target, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(
                new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(
                        exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
            exchange.getResponseHeaders().add("file", "elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
          }
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("7-original.part"), "the file");
  }

  @Test
  void aFileIsPutAtAnAddress() throws Exception {
    try (Kamelets kamelets =
        new Kamelets(
            folder,
            Map.of(
                "http.url",
                address + "/in",
                "http.authorization",
                "Bearer s#(cret",
                "http.headers",
                "X-Key: a#b:{c}d' | X-Folder:runs"))) {
      Object path =
          kamelets
              .send("http", "put", file(), Map.of("file", "2026/11/a b.fit", "sha256", SHA256))
              .getHeader("file");

      assertThat(path).isNull();
    }
    Asked request = asked.get(0);
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.target()).isEqualTo("/in/2026/11/a%20b.fit");
    assertThat(request.body()).isEqualTo("the file");
    assertThat(request.header("Content-length")).isEqualTo("8");
    assertThat(request.header("Authorization")).isEqualTo("Bearer s#(cret");
    assertThat(request.header("X-key")).isEqualTo("a#b:{c}d'");
    assertThat(request.header("X-folder")).isEqualTo("runs");
    assertThat(request.header("Idempotency-key")).isEqualTo(SHA256);
    assertThat(request.header("Sha256")).isEmpty();
  }

  @Test
  void aRefusalIsTroubleThatNamesTheStatusAndNoSecret() throws Exception {
    status.set(507);
    Path file = file();
    try (Kamelets kamelets =
        new Kamelets(
            folder,
            Map.of("http.url", address, "http.method", "POST", "http.authorization", "s3cret"))) {
      try {
        kamelets.send("http", "put", file, Map.of("file", "1.fit", "sha256", SHA256));
        throw new AssertionError("taken");
      } catch (Exception failure) {
        assertThat(ErrorMessages.of(failure))
            .isEqualTo(address + " answered 507: no space left, or the quota is exhausted");
      }
    }
    assertThat(asked.get(0).method()).isEqualTo("POST");
  }

  @Test
  void intervalsGetsTheFileAsAFormUnderItsName() throws Exception {
    try (Kamelets kamelets =
        new Kamelets(
            folder, Map.of("intervals.url", address, "intervals.api-key", "k#y+&of(ann)&%,'"))) {
      Object path =
          kamelets
              .send("intervals", "put", file(), Map.of("file", "2026/11/7.fit"))
              .getHeader("file");
      status.set(200);
      kamelets.send("intervals", "put", file(), Map.of("file", "2026/11/7.fit"));

      assertThat(path).isEqualTo("2026/11/7.fit");
    }
    Asked request = asked.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/api/v1/athlete/0/activities");
    assertThat(request.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("API_KEY:k#y+&of(ann)&%,'".getBytes(StandardCharsets.UTF_8)));
    assertThat(request.header("Content-type")).startsWith("multipart/form-data;");
    assertThat(request.body())
        .contains("name=\"file\"; filename=\"7.fit\"")
        .contains("\r\n\r\nthe file\r\n");
  }

  @Test
  void intervalsRefusingTheKeyIsTroubleThatDoesNotTellIt() throws Exception {
    status.set(401);
    Path file = file();
    try (Kamelets kamelets =
        new Kamelets(folder, Map.of("intervals.url", address, "intervals.api-key", "s3cret"))) {
      try {
        kamelets.send("intervals", "put", file, Map.of("file", "1.fit"));
        throw new AssertionError("taken");
      } catch (Exception failure) {
        assertThat(ErrorMessages.of(failure)).startsWith(address + " answered 401: access denied");
      }
    }
  }
}
