package io.fitroute.chaos;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that runs faster than the machine's, and alike in several processes.
 *
 * @param origin when both clocks show the same, in milliseconds
 * @param speed how many seconds pass in one of the machine's
 */
final class FastClock extends Clock {

  private final long origin;
  private final long speed;

  FastClock(long origin, long speed) {
    this.origin = origin;
    this.speed = speed;
  }

  long origin() {
    return origin;
  }

  long speed() {
    return speed;
  }

  /** What it shows when the machine's clock shows something. */
  Instant at(Instant machine) {
    return Instant.ofEpochMilli(origin + (machine.toEpochMilli() - origin) * speed);
  }

  @Override
  public Instant instant() {
    return at(Instant.now());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("always UTC");
  }
}
