package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedWorkout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, killed while it processes a workout. */
class HevyKillIT {

  private static final String BULK = "/api/v1/athlete/*/activities/manual/bulk";

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void killedBetweenFetchAndUpsertAndAgainBehindItAWorkoutIsOneActivity() throws Exception {
    try (FakeHevy hevy = FakeHevy.start();
        FakeIntervals intervals = FakeIntervals.start()) {
      ServiceProcess service =
          new ServiceProcess(
              folder,
              Map.of(
                  "HEVY_API_URL", hevy.url().toString(),
                  "HEVY_API_KEY", hevy.apiKey(),
                  "HEVY_RECONCILE_EVERY", "1h",
                  "INTERVALS_URL", intervals.url().toString(),
                  "ICU_API_KEY", intervals.apiKey(),
                  "INBOX_LEASE", "2s"));
      intervals.upsert(false);
      SimulatedWorkout push = SimulatedWorkout.push(Instant.parse("2026-11-20T17:05:00Z"));
      try {
        intervals.arm(FaultRule.on(BULK, new Fault.Delay(Duration.ofMinutes(5))).onlyTimes(1));
        service.start();
        hevy.subscribe(service.address("/hevy").toString(), hevy.apiKey());
        assertThat(hevy.log(push).join()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> intervals.count("POST", BULK) == 1);
        service.kill();
        assertThat(intervals.activities()).isEmpty();

        // the second time the activity exists, but its creation was not reported
        intervals.disarmFaults();
        intervals.arm(FaultRule.on(BULK, new Fault.Drip(0, Duration.ofMinutes(5))).onlyTimes(1));
        service.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> intervals.activities().size() == 1);
        service.kill();

        service.start();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> intervals.count("PUT", "/api/v1/activity/*") == 1);
        assertThat(intervals.activities()).hasSize(1);
      } finally {
        service.kill();
      }
    }
  }
}
