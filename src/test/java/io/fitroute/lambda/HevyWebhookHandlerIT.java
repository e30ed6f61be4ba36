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
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The function, run by the very client that runs it at AWS, with the libraries that are packed with
 * it and no others.
 */
@Timeout(180)
class HevyWebhookHandlerIT {

  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Instant START = Instant.parse("2026-11-20T17:05:00Z");
  private static final String TOKEN = "word-of-the-function";

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final FakeHevy hevy = FakeHevy.start();
  private final FakeIntervals intervals = FakeIntervals.start();
  private RuntimeApi api;
  private Process function;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi();
    function = function(Map.of("HEVY_WEBHOOK_TOKEN", TOKEN));
  }

  private Process function(Map<String, String> further) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            HevyWebhookHandler.class.getName());
    java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Map<String, String> environment = java.environment();
    environment.clear();
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("LAMBDA_TASK_ROOT", HOME.toString());
    environment.put("_HANDLER", HevyWebhookHandler.class.getName());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "hevy");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("HEVY_API_URL", hevy.url().toString());
    environment.put("HEVY_API_KEY", hevy.apiKey());
    environment.put("HEVY_TIME_ZONE", "Europe/Berlin");
    environment.put("INTERVALS_URL", intervals.url().toString());
    environment.put("ICU_API_KEY", intervals.apiKey());
    environment.put("ICU_ATHLETE_ID", "i12345");
    environment.putAll(further);
    return java.start();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static String classPath() throws IOException {
    List<String> libraries =
        Stream.concat(
                Files.readAllLines(HOME.resolve("deploy/aws-lambda/libraries.txt")).stream(),
                Stream.of(
                    "aws-lambda-java-runtime-interface-client", "aws-lambda-java-serialization"))
            .toList();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            path ->
                path.endsWith("target/classes")
                    || libraries.contains(
                        Path.of(path).getFileName().toString().replaceFirst("-[0-9].*", "")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @AfterEach
  void end() {
    function.destroyForcibly().onExit().join();
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
      Process other = function(Map.of("HEVY_WEBHOOK_TOKEN", TOKEN));
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
        other.destroyForcibly().onExit().join();
        api = first;
      }
    }
  }

  @Test
  void withoutATokenNobodyIsLetIn() throws Exception {
    function.destroyForcibly().onExit().join();
    function = function(Map.of("HEVY_API_KEY", ""));

    JsonNode answer = post(FakeHevy.payload("a", true)).join();

    assertThat(answer.path("statusCode").asInt()).isEqualTo(503);
  }
}
