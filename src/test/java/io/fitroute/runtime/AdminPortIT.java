package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.HttpAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port, which is for the operator only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminPortIT {

  private TestBed bed;

  @BeforeAll
  void start(@TempDir Path folder) {
    bed = TestBed.prepare(folder).start();
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  @Test
  void healthIsToldInDetail() throws Exception {
    HttpResponse<String> answer = bed.getFromAdmin("/observe/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    assertThat(json(answer).path("status").textValue()).isEqualTo("UP");
    assertThat(json(answer).path("checks").findValuesAsText("name"))
        .contains("start", "ledger", "progress", "context", "route:accept-event");
  }

  @Test
  void metricsAreTextForPrometheus() throws Exception {
    HttpResponse<String> answer = bed.getFromAdmin("/observe/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("# TYPE fitroute_events_accepted_total counter")
        .contains("# TYPE fitroute_events gauge")
        .contains("# TYPE fitroute_inbox_lag_seconds gauge")
        .contains("# TYPE fitroute_inbox_dispatch_age_seconds gauge")
        .contains("camel_exchanges_total");
  }

  @Test
  void eventsAreCountedAsTheyComeInAndEnd() throws Exception {
    double accepted = metric("fitroute_events_accepted_total");
    double repeated = metric("fitroute_events_repeated_total");
    double skipped = metric("fitroute_events{state=\"skipped\"}");
    double commits = metric("fitroute_ledger_commits_total");

    bed.post(WebhookBodies.created(71));
    bed.post(WebhookBodies.created(72));
    bed.post(WebhookBodies.created(72));

    assertThat(metric("fitroute_events_accepted_total")).isEqualTo(accepted + 2);
    assertThat(metric("fitroute_events_repeated_total")).isEqualTo(repeated + 1);
    assertThat(metric("fitroute_ledger_commits_total")).isGreaterThanOrEqualTo(commits + 3);
    await()
        .untilAsserted(
            () -> assertThat(metric("fitroute_events{state=\"skipped\"}")).isEqualTo(skipped + 2));
    assertThat(metric("fitroute_events{state=\"pending\"}")).isZero();
    assertThat(metric("fitroute_events{state=\"done\"}")).isZero();
    assertThat(metric("fitroute_events{state=\"dead\"}")).isZero();
    assertThat(metric("fitroute_inbox_lag_seconds")).isZero();
  }

  private double metric(String name) throws Exception {
    return bed.getFromAdmin("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/webhook", "/observe", "/observe/env", "/data"})
  void whatIsForThePublicIsNotHere(String path) throws Exception {
    assertProblem(bed.getFromAdmin(path), 404);
  }

  @Test
  void itIsReachedFromThisMachineAlone() {
    // on Linux all of 127.0.0.0/8 is this machine, but this is not the address listened on
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(
                    new InetSocketAddress("127.0.0.2", bed.service().adminPort()),
                    (int) Duration.ofSeconds(2).toMillis());
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void noSecretIsInTheMetrics() throws Exception {
    assertThat(bed.getFromAdmin("/observe/metrics").body())
        .doesNotContain(TestBed.VERIFY_TOKEN, bed.strava().clientSecret());
  }
}
