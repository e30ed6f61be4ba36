package io.fitroute.chaos;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that runs faster than the machine's and is the same in several processes.
 *
 * @param origin the time in milliseconds at which both clocks agree
 * @param speed the number of its seconds per second of the machine
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

  /** Its time at a time of the machine's clock. */
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
