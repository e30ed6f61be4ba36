package io.fitroute.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Growing delays between attempts.
 *
 * @param rungs the delay after the first attempt, after the second, and so on; then it is over
 */
public record BackoffSchedule(List<Duration> rungs) {

  public BackoffSchedule {
    rungs = List.copyOf(rungs);
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param attempts how many there have been, the present one included
   * @return empty when there have been enough
   */
  public Optional<Duration> after(int attempts) {
    return attempts <= rungs.size() ? Optional.of(rungs.get(attempts - 1)) : Optional.empty();
  }
}
