package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.garmin.fit.SubSport;
import org.junit.jupiter.api.Test;

class SportTest {

  @Test
  void everyNumberOfTheProfileHasAName() {
    for (com.garmin.fit.Sport sport : com.garmin.fit.Sport.values()) {
      if (sport != com.garmin.fit.Sport.INVALID) {
        assertThat(letters(ProfileNames.SPORTS.get((int) sport.getValue())))
            .isEqualTo(letters(sport.name()).replace("hiit", "highintensityintervaltraining"));
      }
    }
    for (SubSport subSport : SubSport.values()) {
      if (subSport != SubSport.INVALID) {
        assertThat(letters(ProfileNames.SUB_SPORTS.get((int) subSport.getValue())))
            .isEqualTo(letters(subSport.name()).replace("hiit", "highintensityintervaltraining"));
      }
    }
  }

  private static String letters(String text) {
    return text.toLowerCase().replaceAll("[^a-z]", "");
  }

  @Test
  void unknownNumbersAreShown() {
    assertThat(new Sport(1, 0).title()).isEqualTo("running");
    assertThat(new Sport(1, 3).title()).isEqualTo("running, trail");
    assertThat(new Sport(200, 201).title()).isEqualTo("sport 200, sub-sport 201");
  }
}
