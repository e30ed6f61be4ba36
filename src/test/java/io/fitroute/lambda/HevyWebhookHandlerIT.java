package io.fitroute.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedWorkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The function, run by the same client as at AWS, with only the libraries that are packaged with
 * it. The client unpacks its native library to a path shared by all processes, so this test runs
 * alone: {@code -Dfitroute.function=true -Dit.test=HevyWebhookHandlerIT}.
 */
@EnabledIfSystemProperty(named = "fitroute.function", matches = "true")
@Timeout(180)
class HevyWebhookHandlerIT {

  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");
  private static final String TOKEN = "word-of-the-function";

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final FakeHevy hevy = FakeHevy.start();
  private final FakeIntervals intervals = FakeIntervals.start();
  private RuntimeApi api;
  private FunctionProcess function;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi();
    function = function(Map.of("HEVY_WEBHOOK_TOKEN", TOKEN));
  }

  private FunctionProcess function(Map<String, String> further) throws IOException {
    return FunctionProcess.start(
        Path.of("target/classes").toAbsolutePath(), folder, api, hevy, intervals, further);
  }

  private Path log() {
    return folder.resolve("log");
  }

  @AfterEach
  void end() {
    function.close();
    api.close();
    hevy.close();
    intervals.close();
  }

  private static ObjectNode event(String authorization, String body) {
    ObjectNode event = new ObjectMapper().createObjectNode();
    event.put("resource", "/hevy_wh").put("path", "/hevy_wh").put("httpMethod", "POST");
    event.putObject("headers").put("authorization", authorization).put("Host", "x");
    event.putObject("requestContext").put("stage", "prod");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private CompletableFuture<JsonNode> post(String body) {
    return post(event(TOKEN, body));
  }

  private CompletableFuture<JsonNode> post(JsonNode event) {
    return api.invoke(event.toString())
        .thenApply(
            answer -> {
              try {
                return json.readTree(answer);
              } catch (IOException e) {
                throw new IllegalStateException(answer, e);
              }
            });
  }

  private static int status(CompletableFuture<JsonNode> answer) {
    return answer.join().path("statusCode").asInt();
  }

  @Test
  void everyAnswerIsAsDocumented() throws Exception {
    SimulatedWorkout push = SimulatedWorkout.push(START);
    hevy.logSilently(push);

    JsonNode done = post(FakeHevy.payload(push.id(), false)).join();

    assertThat(done.path("statusCode").asInt()).as(Files.readString(log())).isEqualTo(200);
    assertThat(done.path("headers").path("Content-Type").asText()).isEqualTo("application/json");
    assertThat(json.readTree(done.path("body").asText()).path("status").asText())
        .startsWith("created as i");
    assertThat(intervals.activities()).hasSize(1);
    assertThat(intervals.activities().get(0).path("start_date_local").asText())
        .isEqualTo("2026-11-20T18:05:00");
    byte[] body = FakeHevy.payload(push.id(), true).getBytes(StandardCharsets.UTF_8);
    ObjectNode packed =
        event(TOKEN, Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
    assertThat(status(post(packed))).isEqualTo(200);
    assertThat(intervals.activities()).hasSize(1);

    assertThat(status(post(event("wrong", FakeHevy.payload(push.id(), true))))).isEqualTo(401);
    assertThat(status(post("{}"))).isEqualTo(400);
    assertThat(status(post(event(TOKEN, "").putNull("body")))).isEqualTo(400);
    assertThat(status(post(FakeHevy.payload("0b6f2c1e-7a44-4d0e-9a8e-1d2f3a4b5c6d", true))))
        .isEqualTo(404);
    hevy.arm(FaultRule.on("/v1/workouts/*", Fault.status(503)).onlyTimes(1));
    JsonNode trouble = post(FakeHevy.payload(push.id(), true)).join();
    assertThat(trouble.path("statusCode").asInt()).isEqualTo(502);
    assertThat(trouble.path("body").asText()).contains("Hevy answered 503");
    assertThat(Files.readString(log())).doesNotContain(TOKEN, hevy.apiKey(), intervals.apiKey());
  }

  @Test
  void editsAndDeletionsFollowOnSchedule() throws Exception {
    intervals.upsert(false);
    SimulatedWorkout push = SimulatedWorkout.push(START);
    SimulatedWorkout mistake = SimulatedWorkout.push(START.plusSeconds(86_400));
    hevy.logSilently(push);
    hevy.logSilently(mistake);
    assertThat(status(post(FakeHevy.payload(push.id(), true)))).isEqualTo(200);
    assertThat(status(post(FakeHevy.payload(mistake.id(), true)))).isEqualTo(200);
    hevy.edit(push.with("title", "Edited"));
    hevy.delete(mistake.id());

    JsonNode followed = post(json.readTree("{\"source\":\"aws.events\",\"detail\":{}}")).join();

    assertThat(followed.path("changes").asInt()).as(Files.readString(log())).isEqualTo(2);
    assertThat(intervals.activities())
        .extracting(activity -> activity.path("name").asText())
        .containsExactly("Edited");
  }

  @Test
  void concurrentRetriesAreHarmlessEvenWithoutAnUpsert() throws Exception {
    try (RuntimeApi second = new RuntimeApi()) {
      RuntimeApi first = api;
      api = second;
      FunctionProcess other = function(Map.of("HEVY_WEBHOOK_TOKEN", TOKEN));
      try {
        intervals.upsert(false);
        SimulatedWorkout push = SimulatedWorkout.push(START);
        hevy.logSilently(push);
        String event = event(TOKEN, FakeHevy.payload(push.id(), true)).toString();

        List<CompletableFuture<String>> answers =
            IntStream.range(0, 10)
                .mapToObj(one -> (one % 2 == 0 ? first : second).invoke(event))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join))
            .allMatch(answer -> answer.contains("200") || answer.contains("502"));
        assertThat(intervals.activities()).hasSize(1);
      } finally {
        other.close();
        api = first;
      }
    }
  }

  @Test
  void withoutATokenNobodyIsLetIn() throws Exception {
    function.close();
    function = function(Map.of("HEVY_API_KEY", ""));

    JsonNode answer = post(FakeHevy.payload("a", true)).join();

    assertThat(answer.path("statusCode").asInt()).isEqualTo(503);
  }
}
