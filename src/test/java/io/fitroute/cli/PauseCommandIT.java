package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pausing and resuming an athlete. */
class PauseCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN = Long.toString(TestBed.ATHLETE);

  @TempDir Path folder;

  private static Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), bed.folder()), arguments);
  }

  private static JsonNode athlete(TestBed bed) throws Exception {
    return JSON.readTree(run(bed, "status", "--json").out()).path("athletes").path(0);
  }

  @Test
  void eventsOfAPausedAthleteWaitAndStartAtOnceOnResume() throws Exception {
    try (TestBed bed = TestBed.ready(folder)) {
      await().until(() -> bed.service().athletes().find(ANN).isPresent());

      Run paused = run(bed, "pause", ANN);

      assertThat(paused.exitCode()).isZero();
      assertThat(paused.out())
          .isEqualTo("paused: Ann, athlete 4455667; events wait until ./fitroute resume 4455667\n");
      assertThat(run(bed, "pause", ANN).out()).startsWith("paused already: ");
      assertThat(run(bed, "doctor").out())
          .contains("pause: athlete 4455667 is paused", "./fitroute resume 4455667");
      bed.strava().clearRequests();
      long run = bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build()).id();
      await()
          .untilAsserted(
              () ->
                  assertThat(run(bed, "events", "--state", "pending").out())
                      .contains("paused by its owner"));
      assertThat(athlete(bed).path("paused").booleanValue()).isTrue();
      assertThat(athlete(bed).path("waiting").intValue()).isEqualTo(1);
      assertThat(run(bed, "status").out())
          .contains("connected, paused (1 event waiting; ./fitroute resume 4455667)");
      assertThat(bed.strava().count("GET", "/api/v3/activities/*")).isZero();

      JsonNode resumed = JSON.readTree(run(bed, "resume", ANN, "--json").out());

      assertThat(resumed.path("events_due").intValue()).isEqualTo(1);
      assertThat(resumed.path("changed").booleanValue()).isTrue();
      await().until(() -> bed.files().size() == 1);
      assertThat(bed.files().get(0)).endsWith(run + ".fit");
      assertThat(athlete(bed).path("paused").booleanValue()).isFalse();
      assertThat(run(bed, "resume", ANN).out()).startsWith("was not paused: ");
    }
  }

  @Test
  void somebodyWhoIsNotConnectedCannotBePaused() {
    try (TestBed bed = TestBed.prepare(folder)) {
      Run run = run(bed, "pause", "5");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).isEqualTo("fitroute: athlete 5 is not connected; connected: nobody\n");
      assertThat(run(bed, "resume", "ann").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }
  }
}
