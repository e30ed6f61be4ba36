package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeadershipTest {

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.fitroute.ledger.Database#all")
  void itIsOnesUntilNothingIsHeardOfThemOrTheyLeaveIt(Database database) {
    ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
    String url = database.url(folder);
    try (Ledger one = Ledger.open(url, "", "");
        Ledger another = Ledger.open(url, "", "")) {
      Leadership first = new Leadership(one, true, SystemServices.with(clock));
      Leadership second = new Leadership(another, true, SystemServices.with(clock));

      assertThat(first.isMine()).isTrue();
      assertThat(second.isMine()).isFalse();
      clock.advance(Duration.ofMinutes(2));
      assertThat(first.isMine()).isTrue();
      clock.advance(Duration.ofMinutes(2));
      assertThat(second.isMine()).isFalse();
      clock.advance(Duration.ofMinutes(1));
      assertThat(second.isMine()).isTrue();
      assertThat(first.isMine()).isFalse();
      second.resign();
      assertThat(first.isMine()).isTrue();
    }
  }
}
