package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers with endless responses, successful and failed. */
class EndlessAnswersTest {

  private static final long TAKEN_IN = 64 << 20;

  @TempDir Path folder;
  private final AtomicLong sent = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile int status;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(status, 0);
      OutputStream body = exchange.getResponseBody();
      while (true) {
        body.write(new byte[8192]);
        sent.addAndGet(8192);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, 200",
    "http, 500",
    "intervals, 200",
    "intervals, 500",
    "webdav, 207",
    "webdav, 500",
    "s3, 200",
    "s3, 500"
  })
  void fillNoMemoryAndHoldNobody(String sink, int answer) throws Exception {
    status = answer;
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> settings = new HashMap<>();
    settings.put("sink.timeout", "1s");
    settings.put("http.url", url);
    settings.put("intervals.url", url);
    settings.put("intervals.api-key", "key");
    settings.put("webdav.url", url);
    settings.put("s3.endpoint", url);
    settings.put("s3.bucket", "runs");
    settings.put("s3.path-style", "true");
    settings.put("s3.access-key", "ann");
    settings.put("s3.secret-key", "secret");
    Path file = Files.write(folder.resolve("f"), new byte[100]);
    try (Kamelets kamelets = new Kamelets(folder, settings)) {
      Instant start = Instant.now();
      try {
        kamelets.put(sink, file, "1.fit", Map.of());
        assertThat(answer).isEqualTo(200);
      } catch (Exception refused) {
        assertThat(refused).isNotInstanceOf(RuntimeException.class);
      }

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
      assertThat(sent.get()).isLessThan(TAKEN_IN);
    }
  }
}
