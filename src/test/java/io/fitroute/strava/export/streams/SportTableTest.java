package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.fit.Sport;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SportTableTest {

  private static Sport sport(String sportType, String type, boolean trainer) {
    ObjectNode details =
        Samples.details().put("sport_type", sportType).put("type", type).put("trainer", trainer);
    return new ActivityDetails(Samples.activity(details)).sport();
  }

  @ParameterizedTest
  @CsvSource({
    "Run, false, 'running'",
    "Run, true, 'running, treadmill'",
    "TrailRun, false, 'running, trail'",
    "VirtualRun, true, 'running, virtual activity'",
    "Ride, true, 'cycling, indoor cycling'",
    "EMountainBikeRide, false, 'e-biking, e-bike mountain'",
    "HighIntensityIntervalTraining, false,"
        + " 'high-intensity interval training, high-intensity interval training'",
    "Walk, false, walking",
    "Swim, false, swimming",
    "Padel, false, 'racket, padel'",
    "VirtualRow, false, 'rowing, virtual activity'",
    "Skateboard, false, generic"
  })
  void sportTypesAreThoseOfTheProfile(String sportType, boolean trainer, String title) {
    assertThat(sport(sportType, "", trainer).title()).isEqualTo(title);
  }

  @Test
  void allSportTypesOfStravaAreThere() {
    assertThat(SportTable.ROWS).hasSize(56);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowHasNumbersThatAreInTheProfile(SportTable row) {
    for (boolean trainer : new boolean[] {false, true}) {
      Sport sport = row.sport(trainer);
      assertThat(com.garmin.fit.Sport.getByValue((short) sport.sport()))
          .isNotEqualTo(com.garmin.fit.Sport.INVALID);
      assertThat(com.garmin.fit.SubSport.getByValue((short) sport.subSport()))
          .isNotEqualTo(com.garmin.fit.SubSport.INVALID);
    }
  }

  private static Collection<SportTable> rows() {
    return SportTable.ROWS.values();
  }

  @Test
  void anUnknownTypeIsWhatItsOlderTypeSays() {
    assertThat(sport("CanyonRun", "Run", false).title()).isEqualTo("running");
    assertThat(sport("CanyonRun", "Canyoning", false)).isEqualTo(Sport.GENERIC);
  }
}
