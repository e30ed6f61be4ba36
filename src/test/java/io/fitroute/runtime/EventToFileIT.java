package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.fit.FitCheck;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete path from Strava's event to the file. */
class EventToFileIT {

  @TempDir Path folder;

  @Test
  void aRunBecomesAFileUnderItsLocalMonth() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      SimulatedActivity run =
          bed.strava()
              .upload(
                  SimulatedActivity.run(TestBed.ATHLETE)
                      .start(Instant.parse("2026-01-01T03:30:00Z"))
                      .zone(ZoneId.of("America/New_York"))
                      .build());

      List<String> file = List.of("2025/12/" + run.id() + ".fit");
      await().untilAsserted(() -> assertThat(bed.files()).isEqualTo(file));
      assertThat(new FitCheck().check(bed.downloads().resolve(bed.files().get(0)))).isNotNull();
    }
  }
}
