package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that send nothing or hardly anything do not keep Strava's events out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsIT {

  private static final int CONNECTIONS = 50;
  private static final int CLIENTS = 600;

  private static final String HALF_A_HEAD = "POST /webhook HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final String HALF_A_BODY =
      "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 500\r\n\r\n{\"object_type\":";

  private final List<Socket> clients = new ArrayList<>();
  private TestBed bed;
  private long nextObject = 18_500_000_000L;

  @BeforeAll
  void start(@TempDir Path folder) {
    bed =
        TestBed.prepare(folder)
            .set("webhook.connections", Integer.toString(CONNECTIONS))
            .set("webhook.idle-timeout", "2s")
            .start();
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    clients.clear();
  }

  private Socket connect(String words) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), bed.service().webhookPort());
    clients.add(client);
    client.setSoTimeout(10_000);
    try {
      client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    } catch (SocketException closedAlready) {
      // so will those after it
    }
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF_A_HEAD, HALF_A_BODY})
  void howeverManyThereAreEventsAreAccepted(String words) throws Exception {
    for (int number = 0; number < CLIENTS; number++) {
      connect(words);
    }

    Instant before = Instant.now();
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(bed.url("/webhook"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(WebhookBodies.created(nextObject++)))
                    .build(),
                BodyHandlers.ofString());

    assertJson(answer, 200, "{\"status\":\"received\"}");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aConnectionOnWhichThereAreRequestsOutlivesThoseThatAreSilent() throws Exception {
    String question = "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n";
    Socket regular = connect("");
    for (int number = 0; number < 3 * CONNECTIONS; number++) {
      connect("");
      if (number % 10 == 0) {
        assertThat(answer(regular, question)).startsWith("HTTP/1.1 200 ");
      }
    }

    assertThat(answer(regular, question)).startsWith("HTTP/1.1 200 ");
  }

  /** The complete response to a HEAD request. */
  private static String answer(Socket client, String question) throws IOException {
    client.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      assertThat(next).as("after %s", head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF_A_HEAD, HALF_A_BODY})
  void whoSaysNothingMoreIsNotWaitedForLong(String words) throws Exception {
    Socket client = connect(words);

    String said;
    try {
      said = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      said = "";
    }

    assertThat(said).matches("(?s)|HTTP/1.1 503 .*");
  }
}
