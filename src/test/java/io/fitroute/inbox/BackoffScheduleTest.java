package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffScheduleTest {

  @Test
  void eachAttemptHasItsDelayAndThenItIsOver() {
    BackoffSchedule backoffSchedule =
        new BackoffSchedule(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)));

    assertThat(backoffSchedule.after(1)).contains(Duration.ofSeconds(10));
    assertThat(backoffSchedule.after(2)).contains(Duration.ofMinutes(1));
    assertThat(backoffSchedule.after(3)).isEmpty();
    assertThat(backoffSchedule.after(1000)).isEmpty();
  }

  @Test
  void aLadderWithoutRungsGivesUpAtOnce() {
    assertThat(new BackoffSchedule(List.of()).after(1)).isEmpty();
  }

  @Test
  void itDoesNotChangeWithTheListItWasMadeFrom() {
    List<Duration> delays = new ArrayList<>(List.of(Duration.ofSeconds(1)));
    BackoffSchedule backoffSchedule = new BackoffSchedule(delays);

    delays.clear();

    assertThat(backoffSchedule.after(1)).contains(Duration.ofSeconds(1));
  }
}
