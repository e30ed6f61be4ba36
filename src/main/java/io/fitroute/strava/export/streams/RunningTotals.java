package io.fitroute.strava.export.streams;

/** What has come together from the first of an activity's points to each of them. */
final class RunningTotals {

  private static final double SECONDS_PER_MINUTE = 60;

  /** Metres: to rise and fall by less is how altitude is measured, and no hill. */
  private static final double NOISE = 1;

  private final SynthesisedActivity activity;
  private final OrderedPoints points;

  RunningTotals(SynthesisedActivity activity) {
    this.activity = activity;
    this.points = activity.points();
  }

  /** Metres of way. */
  double[] distance() {
    double[] totals = new double[points.size()];
    double reached = 0;
    for (int position = 0; position < totals.length; position++) {
      double found = value(StreamType.DISTANCE, position);
      reached = found > reached ? found : reached;
      totals[position] = reached;
    }
    return totals;
  }

  /** Turns of the crank or strides, pauses left out. */
  double[] cycles() {
    double[] totals = new double[points.size()];
    for (int position = 1; position < totals.length; position++) {
      double perMinute = value(StreamType.CADENCE, position);
      boolean counts = perMinute > 0 && !activity.stopwatch().stoodBefore(position);
      int step = points.seconds(position) - points.seconds(position - 1);
      totals[position] =
          totals[position - 1] + (counts ? perMinute * step / SECONDS_PER_MINUTE : 0);
    }
    return totals;
  }

  /** Metres climbed. */
  double[] ascent() {
    return swings(1);
  }

  /** Metres lost. */
  double[] descent() {
    return swings(-1);
  }

  /**
   * Metres gone in one direction, from each turn to the next.
   *
   * @param direction 1 for up, -1 for down
   */
  private double[] swings(int direction) {
    double[] totals = new double[points.size()];
    double total = 0;
    double turn = Double.NaN;
    boolean there = false;
    for (int position = 0; position < totals.length; position++) {
      double height = direction * value(StreamType.ALTITUDE, position);
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

  private double value(StreamType type, int position) {
    return activity.streams().value(type, points.index(position));
  }
}
