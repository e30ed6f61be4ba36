package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read,activity:read_all",
        "read activity:read_all",
        "activity:read_all+read",
        " read , activity:read_all ",
        "read%2Cactivity:read_all",
        "read%2cactivity:read_all",
        "read%20activity:read_all",
        "read,,activity:read_all,read"
      })
  void isReadHoweverItIsSeparated(String text) {
    assertThat(Scope.of(text)).hasToString("activity:read_all,read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "read,activity:read_all; read,activity:read_all; ''",
        "read,activity:read_all; activity:read_all; ''",
        "read,activity:read_all; read,activity:read; activity:read_all",
        "read,activity:read; read,activity:read_all; ''",
        "activity:read,profile:read_all; activity:read; profile:read_all",
        "read,activity:read_all; ''; activity:read_all"
      })
  void whatIsMissingIsKnown(String asked, String granted, String missing) {
    assertThat(Scope.of(asked).missingIn(Scope.of(granted))).hasToString(missing);
  }
}
