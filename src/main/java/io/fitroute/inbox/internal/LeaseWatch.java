package io.fitroute.inbox.internal;

import io.fitroute.inbox.Event;
import io.fitroute.system.SystemServices;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of events in work, and releases the leases of dead workers after the clock was
 * set back.
 */
public final class LeaseWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);

  private final Leases leases;
  private final Duration lease;
  private final SystemServices services;
  private final ClockWatch clockWatch;
  private long renewed;
  private OptionalLong staleFrom = OptionalLong.empty();

  /**
   * @param lease the duration of a lease
   */
  public LeaseWatch(Leases leases, Duration lease, SystemServices services) {
    this.leases = leases;
    this.lease = lease;
    this.services = services;
    this.clockWatch = new ClockWatch(services.clock(), services::nanoTime);
    this.renewed = services.nanoTime();
  }

  /** Renews what is due; to be called several times during a lease. */
  public void look(Collection<Event> inWork) {
    renew(inWork);
    checkClock();
  }

  private void renew(Collection<Event> inWork) {
    long now = services.nanoTime();
    if (now - renewed >= lease.dividedBy(3).toNanos()) {
      leases.renew(List.copyOf(inWork), lease);
      leases.endUnknown(lease);
      renewed = now;
    }
  }

  /**
   * After the clock was set back, the leases of dead workers seem to last. They are released once
   * live workers have had the time to renew theirs.
   */
  private void checkClock() {
    Duration back = clockWatch.setBack();
    if (!back.isZero()) {
      LOG.warn("The clock was set back by {} s; waiting events are rescheduled", back.toSeconds());
      leases.clockSetBack(back);
      staleFrom = OptionalLong.of(services.nanoTime() + lease.toNanos());
    }
    if (staleFrom.isPresent() && services.nanoTime() - staleFrom.getAsLong() > 0) {
      leases.releaseStale(lease);
      staleFrom = OptionalLong.empty();
    }
  }
}
