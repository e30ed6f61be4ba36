package io.fitroute.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class LocalTimesTest {

  @Test
  void timesInUtcAreToldByTheClockHere() {
    String local =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx")
            .format(Instant.parse("2026-11-20T06:02:11Z").atZone(ZoneId.systemDefault()));

    assertThat(
            LocalTimes.in("waits until 2026-11-20T06:02:11Z: $1, since 2026-11-20T06:02:11.123Z"))
        .isEqualTo("waits until " + local + ": $1, since " + local);
  }

  @Test
  void whatIsNoTimeStaysAsItIs() {
    String text = "2026-13-45T06:02:11Z, 2026-11-20, $0";

    assertThat(LocalTimes.in(text)).isEqualTo(text);
  }
}
