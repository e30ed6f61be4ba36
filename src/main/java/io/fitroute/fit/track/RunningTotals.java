package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;

/** Totals from an activity's first point to each point. */
public final class RunningTotals {

  private static final double SECONDS_PER_MINUTE = 60;

  /** Metres; a smaller rise or fall is measurement noise. */
  private static final double NOISE = 1;

  private final Track points;
  private final Stopwatch stopwatch;

  public RunningTotals(Track points, Stopwatch stopwatch) {
    this.points = points;
    this.stopwatch = stopwatch;
  }

  /** Distance in metres. */
  public double[] distance() {
    double[] totals = new double[points.size()];
    double reached = 0;
    for (int position = 0; position < totals.length; position++) {
      double found = points.value(TrackField.DISTANCE, position);
      reached = found > reached ? found : reached;
      totals[position] = reached;
    }
    return totals;
  }

  /** Crank revolutions or strides, without pauses. */
  public double[] cycles() {
    double[] totals = new double[points.size()];
    for (int position = 1; position < totals.length; position++) {
      double perMinute = points.value(TrackField.CADENCE, position);
      boolean counts = perMinute > 0 && !stopwatch.stoodBefore(position);
      int step = points.seconds(position) - points.seconds(position - 1);
      totals[position] =
          totals[position - 1] + (counts ? perMinute * step / SECONDS_PER_MINUTE : 0);
    }
    return totals;
  }

  /** Ascent in metres. */
  public double[] ascent() {
    return swings(1);
  }

  /** Descent in metres. */
  public double[] descent() {
    return swings(-1);
  }

  /**
   * Metres in one direction between turning points.
   *
   * @param direction 1 for up, -1 for down
   */
  private double[] swings(int direction) {
    double[] totals = new double[points.size()];
    double total = 0;
    double turn = Double.NaN;
    boolean there = false;
    for (int position = 0; position < totals.length; position++) {
      double height = direction * points.value(TrackField.ALTITUDE, position);
      if (Double.isNaN(turn)) {
        turn = height;
      } else if (there && height > turn || !there && height >= turn + NOISE) {
        total += height - turn;
        turn = height;
        there = true;
      } else if (!there && height < turn || there && height <= turn - NOISE) {
        turn = height;
        there = false;
      }
      totals[position] = total;
    }
    return totals;
  }
}
