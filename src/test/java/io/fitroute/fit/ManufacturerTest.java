package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManufacturerTest {
  @ParameterizedTest
  @EnumSource
  void hasTheNumberOfGarminsProfile(Manufacturer manufacturer) {
    assertThat(manufacturer.name())
        .isEqualTo(com.garmin.fit.Manufacturer.getStringFromValue(manufacturer.number()));
    assertThat(Manufacturer.of(manufacturer.number())).contains(manufacturer);
  }

  @Test
  void mayBeUnknown() {
    assertThat(Manufacturer.of(0xFFFE)).isEmpty();
  }
}
