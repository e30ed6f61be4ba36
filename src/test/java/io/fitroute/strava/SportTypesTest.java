package io.fitroute.strava;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SportTypesTest {

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
    assertThat(SportTypes.isWordFor(type, sportType)).isEqualTo(same);
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
    assertThat(SportTypes.isWord(text)).isEqualTo(type);
  }
}
