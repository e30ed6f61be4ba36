package io.fitroute.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.runtime.RawHttp;
import io.fitroute.runtime.TestBed;
import io.fitroute.runtime.WebhookBodies;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a proxy may interpret differently. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictRequestsIT {

  private TestBed bed;

  @BeforeAll
  void start(@TempDir Path folder) {
    bed = TestBed.prepare(folder).start();
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private int port(boolean admin) {
    return admin ? bed.service().adminPort() : bed.service().webhookPort();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void http2IsNotSpokenInClearText(boolean admin) throws Exception {
    String path = admin ? "/observe/health" : "/health";
    String upgrade =
        RawHttp.send(
            port(admin),
            "GET "
                + path
                + " HTTP/1.1\nHost: localhost\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n"
                + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\n\n"
                + "GET "
                + path
                + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    String priorKnowledge =
        RawHttp.send(port(admin), "PRI * HTTP/2.0\n\nSM\n\n\0\0\0\u0004\0\0\0\0\0");

    assertThat(upgrade).startsWith("HTTP/1.1 200 ").doesNotContain("101 ");
    assertThat(upgrade.split("HTTP/1.1 200 ", -1)).hasSize(3);
    assertThat(priorKnowledge).matches("(?s)HTTP/\\d\\.\\d (400|501|505) .*");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSecondHostIsRefused(boolean admin) throws Exception {
    String answer =
        RawHttp.send(port(admin), "GET /observe/health HTTP/1.1\nHost: localhost\nHost: b\n\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoseEndIsToldTwiceIsRefusedAndTheConnectionClosed(boolean admin) throws Exception {
    String answer =
        RawHttp.send(
            port(admin),
            "POST /webhook HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                + "Content-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n"
                + "GET /health HTTP/1.1\nHost: localhost\n\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  void aBodyInPiecesIsTaken() throws Exception {
    String event = WebhookBodies.created(18_700_000_001L);
    String answer =
        RawHttp.send(
            port(false),
            "POST /webhook HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\nConnection: close\n\n"
                + Integer.toHexString(event.getBytes(StandardCharsets.UTF_8).length)
                + "\n"
                + event
                + "\n0\n\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  /** A slash encoded in two bytes. */
  @Test
  void aCharacterThatIsWrittenLongerThanItNeedBeIsRefused() throws Exception {
    String event = WebhookBodies.created(18_700_000_002L).replaceFirst("\\{", "{\"title\":\"@@\",");
    byte[] body = event.getBytes(StandardCharsets.UTF_8);
    int at = event.indexOf("@@");
    body[at] = (byte) 0xC0;
    body[at + 1] = (byte) 0xAF;

    assertThat(post(body)).startsWith("HTTP/1.1 400 ").contains("UTF-8");
  }

  private String post(byte[] body) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(false))) {
      socket.setSoTimeout(10_000);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(
          ("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Connection: close\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
