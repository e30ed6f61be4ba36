package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {

  @Test
  void eachAttemptHasItsDelayAndThenItIsOver() {
    Ladder ladder = new Ladder(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)));

    assertThat(ladder.after(1)).contains(Duration.ofSeconds(10));
    assertThat(ladder.after(2)).contains(Duration.ofMinutes(1));
    assertThat(ladder.after(3)).isEmpty();
    assertThat(ladder.after(1000)).isEmpty();
  }

  @Test
  void aLadderWithoutRungsGivesUpAtOnce() {
    assertThat(new Ladder(List.of()).after(1)).isEmpty();
  }

  @Test
  void itDoesNotChangeWithTheListItWasMadeFrom() {
    List<Duration> rungs = new ArrayList<>(List.of(Duration.ofSeconds(1)));
    Ladder ladder = new Ladder(rungs);

    rungs.clear();

    assertThat(ladder.after(1)).contains(Duration.ofSeconds(1));
  }
}
