package io.fitroute.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The growing delays between attempts.
 *
 * @param delays the delay after the first attempt, after the second, and so on; no attempt follows
 *     the last one
 */
public record BackoffSchedule(List<Duration> delays) {

  public BackoffSchedule {
    delays = List.copyOf(delays);
  }

  /**
   * The delay before the next attempt.
   *
   * @param attempts how many attempts were made, including the current one
   * @return empty when no further attempt is due
   */
  public Optional<Duration> after(int attempts) {
    return attempts <= delays.size() ? Optional.of(delays.get(attempts - 1)) : Optional.empty();
  }
}
