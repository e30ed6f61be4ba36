package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.HttpAnswers.json;
import static io.fitroute.runtime.WebhookBodies.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses while events cannot be stored, and afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTroubleIT {

  /** Strava's time-out. */
  private static final Duration PATIENCE_OF_STRAVA = Duration.ofSeconds(2);

  private static final AtomicLong OBJECTS = new AtomicLong(18_000_000_000L);

  private TestBed bed;
  private SecondConnection other;

  @BeforeAll
  void start(@TempDir Path folder) throws SQLException {
    bed = TestBed.prepare(folder).start();
    other = new SecondConnection(bed.ledgerFile());
  }

  @AfterAll
  void stop() throws SQLException {
    other.close();
    bed.close();
  }

  @Test
  void whileAnotherProgramLocksTheFileEveryEventIsRefusedInTime() throws Exception {
    other.execute("begin exclusive");
    List<Long> refused = new ArrayList<>();
    try {
      assertUnhealthy(bed);
      for (Refusal one : postAtOnce(100)) {
        assertRefused(one.answer());
        assertThat(one.took()).isLessThan(PATIENCE_OF_STRAVA);
        refused.add(one.objectId());
      }
      assertUnhealthy(bed);
    } finally {
      other.execute("rollback");
    }

    assertHealthySoon(bed);
    for (long again : refused) {
      assertReceived(bed.post(created(again)));
    }
    assertThat(
            other.column(
                "select count(*) from event where object_id between ? and ?",
                Long.toString(refused.stream().min(Long::compare).orElseThrow()),
                Long.toString(refused.stream().max(Long::compare).orElseThrow())))
        .containsExactly("100");
  }

  @Test
  void whileThereIsNoSpaceEveryEventIsRefused(@TempDir Path folder) throws Exception {
    try (TestBed full = TestBed.prepare(folder)) {
      full.set("database.url", "jdbc:sqlite:" + full.ledgerFile() + "?max_page_count=96").start();
      fillUp(full);

      assertRefused(full.post(created(OBJECTS.incrementAndGet())));
      assertUnhealthySoon(full);

      try (LogLines log = new LogLines()) {
        assertRefused(full.post(created(OBJECTS.incrementAndGet())));
        assertThat(log.all()).as("told once, not for every event").isEmpty();
      }
      makeSpace(full);
      assertHealthySoon(full);
      assertReceived(full.post(created(OBJECTS.incrementAndGet())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fitroute.db", "fitroute.db-wal", "."})
  void whatIsTakenAwayWhileItRunsIsNotWrittenTo(String name, @TempDir Path folder)
      throws Exception {
    try (TestBed robbed = TestBed.prepare(folder).start()) {
      assertReceived(robbed.post(created(OBJECTS.incrementAndGet())));
      Files.move(
          robbed.ledgerFile().resolveSibling(name).normalize(), folder.resolve("taken away"));

      assertRefused(robbed.post(created(OBJECTS.incrementAndGet())));
      assertUnhealthySoon(robbed);
      assertRefused(robbed.post(created(OBJECTS.incrementAndGet())));
    }
  }

  private static void fillUp(TestBed full) throws Exception {
    HttpResponse<String> answer = full.post(created(OBJECTS.incrementAndGet()));
    for (int i = 0; answer.statusCode() == 200 && i < 1000; i++) {
      answer = full.post(created(OBJECTS.incrementAndGet()));
    }
    assertRefused(answer);
  }

  private static void makeSpace(TestBed full) throws Exception {
    try (SecondConnection user = new SecondConnection(full.ledgerFile())) {
      user.execute("delete from event");
    }
  }

  private List<Refusal> postAtOnce(int times) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(times);
    try {
      List<Future<Refusal>> sent = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        long id = OBJECTS.incrementAndGet();
        sent.add(
            clients.submit(
                () -> {
                  Instant start = Instant.now();
                  HttpResponse<String> answer = bed.post(created(id));
                  return new Refusal(id, answer, Duration.between(start, Instant.now()));
                }));
      }
      List<Refusal> refusals = new ArrayList<>();
      for (Future<Refusal> one : sent) {
        refusals.add(one.get());
      }
      return refusals;
    } finally {
      clients.shutdownNow();
    }
  }

  private record Refusal(long objectId, HttpResponse<String> answer, Duration took) {}

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(assertProblem(answer, 503))
        .isEqualTo("the event could not be stored; please send it again");
    assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
  }

  private static void assertReceived(HttpResponse<String> answer) {
    assertJson(answer, 200, "{\"status\":\"received\"}");
  }

  private static void assertUnhealthySoon(TestBed bed) {
    await().untilAsserted(() -> assertUnhealthy(bed));
  }

  private static void assertUnhealthy(TestBed bed) throws Exception {
    HttpResponse<String> answer = bed.get("/health");
    JsonNode health = json(answer);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(health.path("status").textValue()).isEqualTo("unhealthy");
    assertThat(health.path("failed_check").textValue()).isEqualTo("ledger");
    assertThat(health.path("warnings").get(0).textValue()).startsWith("events cannot be stored");
    assertThat(answer.body()).doesNotContain(bed.folder().toString(), "SQL");
    HttpAnswers.assertNothingEchoed(answer);
    HttpResponse<String> detail = bed.getFromAdmin("/observe/health");
    assertThat(detail.statusCode()).isEqualTo(503);
    assertThat(json(detail).path("status").textValue()).isEqualTo("DOWN");
  }

  private static void assertHealthySoon(TestBed bed) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(bed.get("/health").statusCode()).isEqualTo(200));
  }
}
