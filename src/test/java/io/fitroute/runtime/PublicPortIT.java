package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertNothingEchoed;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.HttpAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is visible on the public port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicPortIT {

  private TestBed bed;

  @BeforeAll
  void start(@TempDir Path folder) {
    bed = TestBed.prepare(folder).start();
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nothing",
    "GET,/healthy",
    "GET,/health/live",
    "GET,/webhook/x",
    "GET,/webhook%2f",
    "GET,/WEBHOOK",
    "GET,/../etc/passwd",
    "GET,/favicon.ico",
    "GET,/observe/health",
    "GET,/observe/metrics",
    "POST,/",
    "POST,/health",
    "POST,/nothing",
    "PUT,/webhook",
    "DELETE,/webhook",
    "PATCH,/webhook",
    "OPTIONS,/webhook",
    "HEAD,/webhook",
    "TRACE,/webhook",
    "OPTIONS,/",
    "DELETE,/health",
    "FROBNICATE,/webhook"
  })
  void whatIsNoEndpointIsNotFound(String method, String path) throws Exception {
    HttpResponse<String> answer =
        bed.send(
            HttpRequest.newBuilder(bed.url(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}")));

    if (method.equals("HEAD")) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEmpty();
    } else {
      assertProblem(answer, 404);
    }
  }

  @Test
  void aProgramIsToldWhatThereIsAsJson() throws Exception {
    HttpResponse<String> answer = bed.get("/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    assertThat(json(answer).path("name").textValue()).isEqualTo("fitroute");
    assertThat(json(answer).path("endpoints").fieldNames())
        .toIterable()
        .contains("GET /webhook", "POST /webhook", "GET /health");
    assertNothingEchoed(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | application/json",
        "application/json | application/json",
        "application/json, text/html;q=0.1 | application/json",
        "image/png | application/json",
        "text/html | text/html; charset=utf-8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html; charset=utf-8",
        "TEXT/HTML | text/html; charset=utf-8",
        "text/html;q=0 | application/json"
      })
  void itIsToldInTheFormThatIsAccepted(String accept, String type) throws Exception {
    HttpResponse<String> answer =
        bed.send(HttpRequest.newBuilder(bed.url("/")).header("Accept", accept));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-type")).containsExactly(type);
    assertThat(answer.body()).startsWith(type.startsWith("text/html") ? "<!doctype html>" : "{");
    assertThat(answer.body()).contains("/health", "/webhook");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health"})
  void aHeadRequestGetsTheHeadAlone(String path) throws Exception {
    HttpResponse<String> answer =
        bed.send(HttpRequest.newBuilder(bed.url(path)).method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/webhook?x=1&X-Custom=2", "/nothing?x=1"})
  void nothingOfTheRequestComesBackInTheHeaders(String path) throws Exception {
    HttpResponse<String> answer =
        bed.send(
            HttpRequest.newBuilder(bed.url(path))
                .header("X-Custom", "secret-value")
                .header("Cookie", "session=secret-value")
                .header("Authorization", "Bearer secret-value")
                .header("Origin", "https://secret-value.example")
                .header("Camel-File-Name", "secret-value")
                .header("CamelHttpResponseCode", "201"));

    assertNothingEchoed(answer);
    assertThat(answer.headers().map().toString() + answer.body()).doesNotContain("secret-value");
  }

  @Test
  void aFormWithAFileLeavesNothingBehind() throws Exception {
    String form =
        """
        --x\r
        Content-Disposition: form-data; name="f"; filename="evil.txt"\r
        \r
        evil\r
        --x--\r
        """;
    for (String path : new String[] {"/", "/health", "/webhook", "/nothing"}) {
      for (String method : new String[] {"GET", "POST"}) {
        HttpResponse<String> answer =
            bed.send(
                HttpRequest.newBuilder(bed.url(path))
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .method(method, BodyPublishers.ofString(form)));
        assertThat(answer.statusCode()).isIn(200, 403, 404, 415);
      }
    }

    assertThat(Path.of("file-uploads")).doesNotExist();
  }

  @Test
  void aHeadThatIsTooLargeHarmsNobody() throws Exception {
    try (LogLines log = new LogLines()) {
      String answer =
          RawHttp.send(
              bed.service().webhookPort(),
              "GET / HTTP/1.1\nHost: x\nX-Large: " + "x".repeat(100_000) + "\n\n");

      assertThat(answer).startsWith("HTTP/1.1 431 ");
      assertThat(bed.get("/health").statusCode()).isEqualTo(200);
      assertThat(log.all()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /webhook?x=%zz HTTP/1.1\nHost: x\nConnection: close\n\n",
        "GET /%zz HTTP/1.1\nHost: x\nConnection: close\n\n",
        "GET / HTTP/9.9\nHost: x\nConnection: close\n\n",
        "hello\n\n",
        "POST /webhook HTTP/1.1\nHost: x\nContent-Length: x\nConnection: close\n\n"
      })
  void whatIsHardlyHttpIsRefusedWithoutAWordInTheLog(String request) throws Exception {
    try (LogLines log = new LogLines()) {
      String answer = RawHttp.send(bed.service().webhookPort(), request);

      assertThat(answer).matches("(?s)HTTP/\\d\\.\\d (400|404|501|505) .*");
      assertThat(log.all()).isEmpty();
    }
  }

  @Test
  void theDataFolderIsNotServed() throws Exception {
    assertThat(Files.exists(bed.folder().resolve("data"))).isTrue();
    assertProblem(bed.get("/data/fitroute.db"), 404);
  }
}
