package io.fitroute.http;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.HttpAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.FreePort;
import io.fitroute.monitoring.ReadinessCheck;
import io.fitroute.runtime.HttpAnswers;
import io.fitroute.runtime.TestBed;
import io.fitroute.runtime.WebhookBodies;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The response of {@code GET /health} in every state except ledger failures. */
class HealthIT {

  @TempDir Path folder;

  @Test
  void aServiceWithoutAnySettingsStartsAcceptsAndSaysWhatIsMissing() throws Exception {
    try (TestBed bed = TestBed.prepare(folder)) {
      bed.set("strava.client-id", "").set("strava.client-secret", "");
      bed.set("strava.verify-token", "").start();

      JsonNode health = healthy(bed);

      assertThat(health.path("client_initialized").booleanValue()).isFalse();
      assertThat(warnings(health))
          .hasSize(4)
          .anyMatch(warning -> warning.startsWith("STRAVA_CLIENT_ID is not set"))
          .anyMatch(warning -> warning.startsWith("STRAVA_CLIENT_SECRET is not set"))
          .anyMatch(warning -> warning.startsWith("STRAVA_VERIFY_TOKEN is not set"))
          .anyMatch(warning -> warning.startsWith("no athlete is connected"));
      assertNoTokenVerifies(bed);
      assertJson(bed.post(WebhookBodies.created(1)), 200, "{\"status\":\"received\"}");
      assertThat(bed.strava().requests()).isEmpty();
    }
  }

  @Test
  void fromTheFirstTimeItIsHealthyEverythingAnswers() throws Exception {
    Path home = TestBed.copyHome(folder.resolve("home"));
    // they start after the route that answers GET /health and before the webhook's
    Files.writeString(home.resolve("routes/many.camel.yaml"), routes(300));
    int port = FreePort.any();
    int adminPort = FreePort.any();
    try (TestBed bed = TestBed.prepare(folder)) {
      bed.setHome(home)
          .set("webhook.port", Integer.toString(port))
          .set("admin.port", Integer.toString(adminPort));
      CompletableFuture<?> starting = CompletableFuture.runAsync(bed::start);
      String service = "http://127.0.0.1:" + port;

      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> status(service + "/health") == 200);
      assertThat(
              status(
                  service
                      + "/webhook?hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-test"))
          .isEqualTo(200);
      assertThat(status(service + "/connect")).isIn(200, 302, 303);
      assertThat(status("http://127.0.0.1:" + adminPort + "/observe/health")).isEqualTo(200);
      assertThat(starting).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private static String routes(int many) {
    StringBuilder routes = new StringBuilder();
    for (int number = 0; number < many; number++) {
      routes.append(
          """
          - route:
              id: one-of-many-%1$d
              from:
                uri: direct:one-of-many-%1$d
                steps:
                  - log:
                      message: x
          """
              .formatted(number));
    }
    return routes.toString();
  }

  /** The status of an address; 0 while it does not listen. */
  private static int status(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    try {
      return connection.getResponseCode();
    } catch (ConnectException e) {
      return 0;
    }
  }

  private static void assertNoTokenVerifies(TestBed bed) throws Exception {
    String question = "/webhook?hub.mode=subscribe&hub.challenge=C";
    for (String token :
        List.of("", "&hub.verify_token", "&hub.verify_token=", "&hub.verify_token=x")) {
      assertProblem(bed.get(question + token), 403);
    }
  }

  @Test
  void withAVerifyTokenAloneTheHandshakeIsAnswered() throws Exception {
    try (TestBed bed = TestBed.prepare(folder)) {
      bed.set("strava.client-id", "").set("strava.client-secret", "").start();

      assertJson(
          bed.get("/webhook?hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-test"),
          200,
          "{\"hub.challenge\":\"C\"}");
      assertThat(warnings(healthy(bed))).hasSize(3).noneMatch(one -> one.contains("VERIFY_TOKEN"));
    }
  }

  @Test
  void whereAllIsWellThereIsNothingToWarnOfUntilTheAthleteMustReconnect() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      bed.strava().subscribe("https://runs.example.org/webhook");
      bed.start();
      await().untilAsserted(() -> assertThat(warnings(healthy(bed))).isEmpty());
      assertThat(healthy(bed).path("client_initialized").booleanValue()).isTrue();

      bed.strava().revoke(TestBed.ATHLETE);
      bed.post(WebhookBodies.created(16_999_000_111L));

      await()
          .untilAsserted(
              () ->
                  assertThat(warnings(healthy(bed)))
                      .containsExactly(
                          "1 athlete must reconnect: Strava no longer accepts the refresh token;"
                              + " run ./fitroute connect"));
      assertThat(bed.get("/health").body())
          .doesNotContain(
              Long.toString(TestBed.ATHLETE),
              "Ann",
              "Example",
              bed.strava().clientSecret(),
              Integer.toString(bed.strava().clientId()));
    }
  }

  @Test
  void theFirstCheckThatFailsIsNamed() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).start()) {
      List<ReadinessCheck> checks =
          List.of(
              new ReadinessCheck("ledger", Optional::empty),
              new ReadinessCheck("progress", () -> Optional.of("nothing moves")),
              new ReadinessCheck("later", () -> Optional.of("something else")));
      Exchange exchange = new DefaultExchange(bed.service().context());

      new Health(checks, bed.service().warnings(), Clock.systemUTC()).answer(exchange);

      JsonNode health = new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
      assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
      assertThat(health.path("status").textValue()).isEqualTo("unhealthy");
      assertThat(health.path("failed_check").textValue()).isEqualTo("progress");
      assertThat(warnings(health)).startsWith("nothing moves").doesNotContain("something else");
    }
  }

  private static JsonNode healthy(TestBed bed) throws Exception {
    HttpResponse<String> answer = bed.get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    HttpAnswers.assertNothingEchoed(answer);
    JsonNode health = json(answer);
    assertThat(health.fieldNames())
        .toIterable()
        .containsExactly("status", "timestamp", "client_initialized", "warnings");
    assertThat(health.path("status").textValue()).isEqualTo("healthy");
    assertThat(Instant.parse(health.path("timestamp").textValue()))
        .isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    return health;
  }

  private static List<String> warnings(JsonNode health) {
    return StreamSupport.stream(health.path("warnings").spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }
}
