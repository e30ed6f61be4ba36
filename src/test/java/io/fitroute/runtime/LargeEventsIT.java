package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Events of the maximum size on the maximum number of connections. */
@Isolated
class LargeEventsIT {

  private static final int CONNECTIONS = 950;
  private static final int ROUNDS = 3;
  private static final int LONGEST_STORED_TITLE = 1000;
  private static final long FIRST_ACTIVITY = 19_000_000_000L;

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void fillNeitherTheMemoryNorTheQueue() throws Exception {
    ServiceProcess service = new ServiceProcess(folder, Map.of());
    service.start("-Xmx128m", "-XX:MaxDirectMemorySize=64m");
    try {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(postTogether(service, FIRST_ACTIVITY + (long) round * CONNECTIONS))
            .containsOnly(200);
      }
      service.kill();
      service.start("-Xmx128m", "-XX:MaxDirectMemorySize=64m");

      try (SecondConnection ledger =
          new SecondConnection(folder.resolve("data").resolve("fitroute.db"))) {
        await()
            .atMost(Duration.ofSeconds(120))
            .until(
                () -> ledger.column("select count(*) from event where state = 'skipped'"),
                List.of(Integer.toString(CONNECTIONS * ROUNDS))::equals);
        assertThat(ledger.column("select max(length(updates)) from event where id > ?", 0))
            .allSatisfy(
                longest ->
                    assertThat(Integer.parseInt(longest))
                        .isBetween(LONGEST_STORED_TITLE, LONGEST_STORED_TITLE + 20));
      }
      assertThat(service.health()).isEqualTo(200);
      assertThat(service.log()).doesNotContain("OutOfMemory", "heap space");
    } finally {
      service.kill();
    }
  }

  private static List<Integer> postTogether(ServiceProcess service, long firstActivity)
      throws Exception {
    String title = "x".repeat(32_000);
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                number ->
                    service.postAsync(
                        WebhookBodies.created(
                            firstActivity + number,
                            WebhookBodies.SUBSCRIPTION,
                            ",\"updates\":{\"title\":\"" + title + "\"}")))
            .toList();
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    return answers.stream().map(answer -> answer.join().statusCode()).toList();
  }
}
