package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Responses that would exhaust the memory of the service, in a process of its own. */
class LargeAnswersIT {

  private static final String NUMBERS = "[99" + ",99".repeat(5_000_000) + "]";

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void detailsOf15MegabytesDoNotExhaustAHeapOf128() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).connect()) {
      Map<String, String> settings = new HashMap<>(bed.environment());
      settings.remove("WEBHOOK_PORT");
      ServiceProcess service = new ServiceProcess(folder, settings);
      service.start("-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError");
      try {
        fetchesWhileDetailsAreTooLarge(bed.strava(), service);
      } finally {
        service.kill();
      }
    }
  }

  private void fetchesWhileDetailsAreTooLarge(FakeStrava strava, ServiceProcess service)
      throws Exception {
    List<Long> runs = Stream.generate(() -> run(strava)).limit(8).toList();
    byte[] body = NUMBERS.getBytes(StandardCharsets.UTF_8);
    for (int number = 0; number < runs.size(); number++) {
      int status = number % 2 == 0 ? 200 : 403;
      strava.arm(
          "/api/v3/activities/" + runs.get(number),
          new Fault.Answer(status, "application/json", Map.of(), body));
    }
    for (long run : runs) {
      tell(service, run);
    }
    long good = run(strava);
    tell(service, good);

    Path file = folder.resolve("downloads/2026/11/" + good + ".fit");
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
    assertThat(service.health()).isEqualTo(200);
    assertThat(runs)
        .allSatisfy(
            run -> assertThat(strava.count("GET", "/api/v3/activities/" + run)).isPositive());
    assertThat(service.log()).doesNotContain("OutOfMemory");
  }

  private static long run(FakeStrava strava) {
    return strava.uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
  }

  private static void tell(ServiceProcess service, long run) throws Exception {
    assertThat(service.post(WebhookBodies.created(run)).statusCode()).isEqualTo(200);
  }
}
