package io.fitroute.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v3/activities/*, /api/v3/activities/5, true",
    "/api/v3/activities/*, /api/v3/activities/5/streams, false",
    "/api/v3/activities/*/streams, /api/v3/activities/5/streams, true",
    "/api/**, /api/v3/activities/5/streams, true",
    "/**, /, true",
    "/**/streams, /api/v3/activities/5/streams, true",
    "/api/v3/athlete, /api/v3/athlete, true",
    "/api/v3/athlete, /api/v3/athletes, false",
    "/a.c, /abc, false",
    "/*, /\\Q, true"
  })
  void matches(String pattern, String path, boolean expected) {
    assertThat(new PathPattern(pattern).matches(path)).isEqualTo(expected);
  }
}
