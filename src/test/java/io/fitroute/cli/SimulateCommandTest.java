package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulateCommandTest {
  @TempDir private Path workingDirectory;
  private final ObjectMapper json = new ObjectMapper();
  private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
  private HttpServer service;
  private volatile int status = 200;
  private volatile String answer = "{\"status\":\"received\"}";

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/webhook", this::receive);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void aCreationIsPostedAsStravaDoes() throws IOException {
    Run run = simulate("create", "16999000111", "--owner", "4455667", "--event-time", "1795154400");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).matches("200 in [0-9.]+ ms: \\{\"status\":\"received\"}\\R");
    assertThat(run.err()).isEmpty();
    assertThat(received)
        .containsExactly(
            json.readTree(
                """
                {"aspect_type":"create","event_time":1795154400,"object_id":16999000111,
                 "object_type":"activity","owner_id":4455667,"subscription_id":1,"updates":{}}
                """));
  }

  @Test
  void theStoredSubscriptionIsTheDefault() {
    try (Ledger ledger = LedgerFile.open(Run.environment(Map.of(), workingDirectory).settings())) {
      ledger.write(
          jdbc ->
              jdbc.sql("insert into subscription (id, callback_url, seen_at) values (77, '', 0)")
                  .update());
    }

    simulate("create", "1", "--owner", "2");
    simulate("deauthorize", "2");
    simulate("create", "1", "--owner", "2", "--subscription", "78");

    assertThat(received)
        .extracting(event -> event.path("subscription_id").asInt())
        .containsExactly(77, 77, 78);
  }

  @Test
  void anUpdateSaysWhatChangedInStrings() {
    simulate("update", "5", "--owner=6", "--title=Läufchen \"ü\"", "--type=Run", "--private=true");

    assertThat(received.get(0).get("updates"))
        .isEqualTo(
            json.createObjectNode()
                .put("title", "Läufchen \"ü\"")
                .put("type", "Run")
                .put("private", "true"));
  }

  @Test
  void aDeletionIsPosted() {
    simulate("delete", "5", "--owner", "6", "--subscription", "274001");

    assertThat(received.get(0).get("aspect_type").asText()).isEqualTo("delete");
    assertThat(received.get(0).get("subscription_id").asLong()).isEqualTo(274001);
  }

  @Test
  void aDeauthorizationIsAnUpdateOfTheAthlete() throws IOException {
    simulate("deauthorize", "6", "--event-time", "2026-11-20T06:00:00+01:00");

    assertThat(received)
        .containsExactly(
            json.readTree(
                """
                {"aspect_type":"update","event_time":1795150800,"object_id":6,
                 "object_type":"athlete","owner_id":6,"subscription_id":1,
                 "updates":{"authorized":"false"}}
                """));
  }

  @Test
  void manyEventsAreAboutManyActivities() throws IOException {
    Run run = simulate("create", "100", "--owner", "6", "--count", "20", "--json");

    assertThat(received).hasSize(20);
    assertThat(received.stream().map(event -> event.get("object_id").asLong()))
        .contains(100L, 119L)
        .doesNotHaveDuplicates();
    JsonNode report = json.readTree(run.out());
    assertThat(run.out()).hasLineCount(1);
    assertThat(report.get("events").asInt()).isEqualTo(20);
    assertThat(report.get("received").asInt()).isEqualTo(20);
    assertThat(report.get("statuses").get("200").asInt()).isEqualTo(20);
    assertThat(report.get("slowest_millis").asDouble())
        .isGreaterThanOrEqualTo(report.get("median_millis").asDouble());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 400, 403, 503})
  void anyOtherAnswerIsAFailure(int other) {
    status = other;
    answer = "";

    assertThat(simulate("create", "5", "--owner", "6").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aRefusalIsShownWithoutControlCharacters() {
    status = 403;
    answer = "{\"detail\":\"another\n\u001b[31msubscription\"}";

    Run one = simulate("create", "5", "--owner", "6");
    Run many = simulate("create", "5", "--owner", "6", "--count", "3");

    assertThat(one.out()).startsWith("403 in").contains("another [31msubscription");
    assertThat(many.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(many.out()).contains("0 of 3 events received", "403: 3 times", "first refusal:");
  }

  @Test
  void aServiceThatDoesNotRunIsSaid() {
    stop();

    Run run = simulate("create", "5", "--owner", "6");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("nothing listens at http://127.0.0.1:", "start the service with ./fitroute")
        .hasLineCount(1);
  }

  @Test
  void theAddressCanBeGiven() {
    String url = "http://localhost:" + service.getAddress().getPort() + "/webhook";

    Run run =
        Run.of(
            Run.environment(Map.of("WEBHOOK_PORT", "not read"), workingDirectory),
            "simulate",
            "create",
            "5",
            "--owner",
            "6",
            "--url",
            url);

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create 5",
        "update 5 --owner 6",
        "create 5 --owner 6 --title x",
        "deauthorize 6 --private true",
        "rename 5 --owner 6",
        "create 5 --owner 6 --count 0",
        "create 5 --owner 6 --count 99999999999",
        "create 5 --owner 6 --url ftp://x",
        "create 5 --owner 6 --url x",
        "create 5 --owner 6 --event-time yesterday",
        "update 5 --owner 6 --private maybe",
      })
  void whatMakesNoSenseIsWrongUsageAndPostsNothing(String line) {
    Run run = simulate(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).startsWith("fitroute: ").hasLineCount(1);
    assertThat(received).isEmpty();
  }

  @Test
  void anUnknownPortHasToBeGiven() {
    Run run =
        Run.of(
            Run.environment(Map.of("WEBHOOK_PORT", "0"), workingDirectory),
            "simulate",
            "create",
            "5",
            "--owner",
            "6");

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("--url");
  }

  private Run simulate(String... arguments) {
    String port = Integer.toString(service.getAddress().getPort());
    List<String> all = new ArrayList<>(List.of("simulate"));
    all.addAll(List.of(arguments));
    return Run.of(
        Run.environment(Map.of("WEBHOOK_PORT", port), workingDirectory),
        all.toArray(String[]::new));
  }

  private void receive(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
    received.add(json.readTree(exchange.getRequestBody()));
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
