package io.fitroute.strava.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedSportTypesTest {

  @ParameterizedTest
  @CsvSource({
    "Run, Run, true",
    "Run, TrailRun, true",
    "Run, VirtualRun, true",
    "Ride, GravelRide, true",
    "TrailRun, Run, false",
    "Ride, Run, false",
    "Run, UnderwaterRugby, false"
  })
  void theOldTypeStandsForSeveralSportTypes(String type, String sportType, boolean same) {
    assertThat(WantedSportTypes.isWordFor(type, sportType)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "Run, true",
    "UnderwaterRugby, true",
    "true, false",
    "'Run; drop', false",
    "'', false"
  })
  void whatIsNoTypeIsNotLookedAfter(String text, boolean type) {
    assertThat(WantedSportTypes.isWord(text)).isEqualTo(type);
  }
}
