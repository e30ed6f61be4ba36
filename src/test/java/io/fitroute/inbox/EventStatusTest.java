package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventStatusTest {

  private static final Optional<Instant> DUE = Optional.of(Instant.parse("2026-11-20T12:00:00.7Z"));

  @Test
  void theNextAttemptOfWhatIsPendingIsToldByTheSecond() {
    assertThat(status(EventState.PENDING, DUE).nextAttempt()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(status(EventState.PENDING, Optional.empty()).nextAttempt()).isEmpty();
    assertThat(status(EventState.DONE, DUE).nextAttempt()).isEmpty();
  }

  @Test
  void aStateIsFoundByItsWord() {
    for (EventState state : EventState.values()) {
      assertThat(EventState.of(state.word())).isEqualTo(state);
    }
  }

  private static EventStatus status(EventState state, Optional<Instant> due) {
    return new EventStatus(1, state, Optional.empty(), due, false);
  }
}
