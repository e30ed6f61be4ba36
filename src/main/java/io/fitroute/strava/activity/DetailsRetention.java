package io.fitroute.strava.activity;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;

/**
 * Erases the details of activities that were read too long ago or are gone from Strava. What
 * processing needs is kept: id, athlete, sport type, start, and deliveries.
 */
public final class DetailsRetention {

  private static final String ERASE = SqlText.named("erase-details");

  private static final String ERASE_RECORDED = SqlText.named("erase-recorded-details");

  private static final int FOR_GOOD = 0;

  /** Details that would expire before the next round are erased in this one. */
  private static final Duration ROUND = Duration.ofHours(6);

  private final Ledger ledger;
  private final boolean stored;
  private final int days;
  private final Clock clock;

  /**
   * @param stored whether details are to be stored at all
   * @param days how long they are kept; 0 for ever
   */
  public DetailsRetention(Ledger ledger, boolean stored, int days, Clock clock) {
    this.ledger = ledger;
    this.stored = stored;
    this.days = days;
    this.clock = clock;
  }

  /** Erases details and returns the number of activities. */
  public int erase() {
    long before = before();
    ledger.write(jdbc -> jdbc.sql(ERASE_RECORDED).param("before", before).update());
    return ledger.writeInPortions(
        most -> jdbc -> jdbc.sql(ERASE).param("before", before).param("limit", most).update());
  }

  private long before() {
    if (!stored) {
      return Long.MAX_VALUE;
    }
    return days == FOR_GOOD
        ? Long.MIN_VALUE
        : clock.instant().minus(Duration.ofDays(days)).plus(ROUND).toEpochMilli();
  }
}
