package io.fitroute.strava.activity;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Duration;

/**
 * Erases the details of activities that were read too long ago, and of those that are gone from
 * Strava. What the work needs stays: number, athlete, sport type, start, and every delivery.
 */
public final class DetailsRetention {

  private static final String ERASE = SqlText.named("erase-details");

  private static final int FOR_GOOD = 0;

  /** What comes of age before the next round goes in this one. */
  private static final Duration ROUND = Duration.ofHours(6);

  private final Ledger ledger;
  private final boolean stored;
  private final int days;
  private final Clock clock;

  /**
   * @param stored whether there ought to be any
   * @param days how long they are kept; 0 for good
   */
  public DetailsRetention(Ledger ledger, boolean stored, int days, Clock clock) {
    this.ledger = ledger;
    this.stored = stored;
    this.days = days;
    this.clock = clock;
  }

  /** Erases; returns of how many activities. */
  public int erase() {
    long before = before();
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
