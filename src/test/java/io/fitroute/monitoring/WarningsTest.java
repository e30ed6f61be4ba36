package io.fitroute.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.runtime.TestBed;
import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsTest {

  @TempDir Path folder;

  @Test
  void aSportTypeThatIsNotKnownIsToldWithTheNearest() {
    Settings settings =
        Settings.load(
            Map.of("STRAVA_SPORT_TYPES", "Run,trailrun,TrialRun,VirtRun"), folder, TestBed.home());

    assertThat(Warnings.ofSportTypes(settings))
        .containsExactly(
            "TrialRun (strava.sport-types) is not a known sport type; the nearest is TrailRun",
            "VirtRun (strava.sport-types) is not a known sport type; the nearest is VirtualRun");
    assertThat(Warnings.ofSportTypes(settings.with(Map.of("strava.sport-types", "*")))).isEmpty();
  }
}
