package io.fitroute.fit;

import java.util.OptionalInt;

/**
 * A number of an activity from its own file: from its sessions, or else computed from its records.
 */
public enum Measure {
  /** Metres. */
  DISTANCE(9, 100.0),
  /** Seconds without pauses. */
  TIMER_TIME(8, 1000.0),
  /** Seconds including pauses. */
  ELAPSED_TIME(7, 1000.0),
  /** Metres. */
  ASCENT(22, 1.0),
  /** Metres. */
  DESCENT(23, 1.0),
  /** Kilocalories. */
  CALORIES(11, 1.0),
  /** Beats per minute. */
  AVERAGE_HEART_RATE(16, 3, Combination.AVERAGE),
  /** Beats per minute. */
  MAXIMUM_HEART_RATE(17, 3, Combination.MAXIMUM),
  /** Crank revolutions, or steps of one leg, per minute. */
  AVERAGE_CADENCE(18, 4, Combination.AVERAGE),
  /** Crank revolutions, or steps of one leg, per minute. */
  MAXIMUM_CADENCE(19, 4, Combination.MAXIMUM),
  /** Watts. */
  AVERAGE_POWER(20, 7, Combination.AVERAGE),
  /** Watts. */
  MAXIMUM_POWER(21, 7, Combination.MAXIMUM),
  LAPS,
  /** The shortest time for the distance within the activity, including pauses, in seconds. */
  BEST_1_KM,
  BEST_5_KM,
  BEST_10_KM,
  BEST_HALF_MARATHON,
  /** Degrees of the first and last position; north and east are positive. */
  START_LATITUDE,
  START_LONGITUDE,
  END_LATITUDE,
  END_LONGITUDE,
  /** The bounding box of all positions, in degrees. */
  SOUTH,
  WEST,
  NORTH,
  EAST;

  /** How the numbers of several sessions are combined. */
  enum Combination {
    SUM,
    AVERAGE,
    MAXIMUM
  }

  private final OptionalInt session;
  private final OptionalInt record;
  private final double scale;
  private final Combination combination;

  Measure() {
    this(OptionalInt.empty(), OptionalInt.empty(), 1, Combination.SUM);
  }

  Measure(int session, double scale) {
    this(OptionalInt.of(session), OptionalInt.empty(), scale, Combination.SUM);
  }

  Measure(int session, int record, Combination combination) {
    this(OptionalInt.of(session), OptionalInt.of(record), 1, combination);
  }

  Measure(OptionalInt session, OptionalInt record, double scale, Combination combination) {
    this.session = session;
    this.record = record;
    this.scale = scale;
    this.combination = combination;
  }

  /** Its field in FIT's session. */
  OptionalInt session() {
    return session;
  }

  /** The field of FIT's record that it is computed from. */
  OptionalInt record() {
    return record;
  }

  /** The divisor for the session's field. */
  double scale() {
    return scale;
  }

  Combination combination() {
    return combination;
  }
}
