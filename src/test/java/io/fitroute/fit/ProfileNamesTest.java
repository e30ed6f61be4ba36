package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.garmin.fit.Manufacturer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileNamesTest {
  private static final Map<Integer, String> LONGER_IN_THE_PROFILE =
      Map.of(
          Manufacturer.WAHOO_FITNESS, "Wahoo",
          Manufacturer.SIGMASPORT, "Sigma",
          Manufacturer.BRYTON_SENSORS, "Bryton",
          Manufacturer.POLAR_ELECTRO, "Polar");

  @Test
  void manufacturersHaveTheNumbersOfGarminsProfile() {
    assertThat(ProfileNames.MANUFACTURERS).hasSize(26).containsAllEntriesOf(LONGER_IN_THE_PROFILE);
    ProfileNames.MANUFACTURERS.forEach(
        (number, title) -> {
          if (!LONGER_IN_THE_PROFILE.containsKey(number)) {
            assertThat(title.toUpperCase())
                .isEqualTo(Manufacturer.getStringFromValue(number).replace("_", ""));
          }
        });
  }
}
