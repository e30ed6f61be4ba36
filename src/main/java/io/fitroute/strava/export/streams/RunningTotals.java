package io.fitroute.strava.export.streams;

/** Totals from an activity's first point to each point. */
final class RunningTotals {

  private static final double SECONDS_PER_MINUTE = 60;

  /** Metres; a smaller rise or fall is noise of the measurement. */
  private static final double NOISE = 1;

  private final SynthesisedActivity activity;
  private final OrderedPoints points;

  RunningTotals(SynthesisedActivity activity) {
    this.activity = activity;
    this.points = activity.points();
  }

  /** Distance in metres. */
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

  /** Crank revolutions or strides, without pauses. */
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

  /** Ascent in metres. */
  double[] ascent() {
    return swings(1);
  }

  /** Descent in metres. */
  double[] descent() {
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
