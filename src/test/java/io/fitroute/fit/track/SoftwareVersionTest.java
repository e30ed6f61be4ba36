package io.fitroute.fit.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareVersionTest {

  @ParameterizedTest
  @CsvSource({"1.7.3, 1.07", "0.1.0-SNAPSHOT, 0.01", "12.34, 12.34", "none, 0"})
  void versionsAreNumbers(String version, double number) {
    assertThat(SoftwareVersion.of(version)).isEqualTo(number);
  }
}
