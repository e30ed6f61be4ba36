package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;

/** Forgets events that have come to their end long ago, and their stories. */
public final class Housekeeping {

  private static final String FORGET_STORIES = SqlText.named("forget-stories");
  private static final String FORGET_EVENTS = SqlText.named("forget-events");

  private final Ledger ledger;
  private final Duration retention;
  private final Clock clock;

  public Housekeeping(Ledger ledger, Duration retention, Clock clock) {
    this.ledger = ledger;
    this.retention = retention;
    this.clock = clock;
  }

  /** Forgets; returns how many events. */
  public int forget() {
    long before = clock.millis() - retention.toMillis();
    return ledger.writeInPortions(
        most ->
            jdbc -> {
              jdbc.sql(FORGET_STORIES).param("before", before).param("limit", most).update();
              return jdbc.sql(FORGET_EVENTS).param("before", before).param("limit", most).update();
            });
  }
}
