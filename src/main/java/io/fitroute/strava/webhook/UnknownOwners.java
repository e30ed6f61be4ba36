package io.fitroute.strava.webhook;

import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import org.apache.camel.Body;

/**
 * Limits how many events of unconnected athletes are stored, because anybody can post them. Such an
 * event has no effect, so those above the limit are dropped; but while an athlete is being
 * connected, they have to be sent again, since they may be that athlete's.
 */
public final class UnknownOwners {

  private static final String STORED = SqlText.named("events-of-unknown-owners");
  private static final String ON_THE_WAY = SqlText.named("athletes-on-the-way");

  /** Counting scans the events. */
  private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final int most;
  private final Clock clock;
  private final Lock lock;
  private int stored;
  private Instant counted = Instant.EPOCH;

  /**
   * @param most how many events are stored
   */
  public UnknownOwners(Ledger ledger, int most, SystemServices services) {
    this.ledger = ledger;
    this.most = most;
    this.clock = services.clock();
    this.lock = services.newLock();
    this.stored = most;
  }

  /**
   * Whether an event is stored or dropped.
   *
   * @throws RequestRefused if it has to be sent again
   */
  public boolean isToBeStored(@Body NewEvent event) {
    if (isConnected(event.ownerId()) || isRoomForOneMore()) {
      return true;
    }
    if (isSomebodyOnTheWay()) {
      throw new RequestRefused(
          503, "athlete " + event.ownerId() + " is not connected; a connection is in progress");
    }
    return false;
  }

  private boolean isConnected(String athleteId) {
    return Rows.any(ledger.read(), "select count(*) from athlete where id = ?", athleteId);
  }

  private boolean isRoomForOneMore() {
    lock.lock();
    try {
      return takeRoom();
    } finally {
      lock.unlock();
    }
  }

  private boolean takeRoom() {
    Instant now = clock.instant();
    if (stored >= most && !counted.plus(BETWEEN_COUNTS).isAfter(now)) {
      stored = ledger.read().sql(STORED).param("most", most).query(Integer.class).single();
      counted = now;
    }
    if (stored >= most) {
      return false;
    }
    stored++;
    return true;
  }

  private boolean isSomebodyOnTheWay() {
    return ledger.read().sql(ON_THE_WAY).param("now", clock.millis()).query(Integer.class).single()
        > 0;
  }
}
