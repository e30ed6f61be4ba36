package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import java.util.function.DoublePredicate;

/**
 * Average and maximum of a field over some points. {@link Double#NaN} means unknown.
 *
 * @param average of the points
 * @param maximum of the points
 */
record Measured(double average, double maximum) {

  /**
   * Computes both.
   *
   * @param from the position of the first point
   * @param to the position after the last point
   * @param counts selects the values that count; unknown ones never do
   */
  static Measured of(Track points, TrackField field, int from, int to, DoublePredicate counts) {
    double sum = 0;
    double maximum = Double.NaN;
    int known = 0;
    for (int position = from; position < to; position++) {
      double value = points.value(field, position);
      if (!Double.isNaN(value) && counts.test(value)) {
        sum += value;
        maximum = known == 0 ? value : Math.max(maximum, value);
        known++;
      }
    }
    return new Measured(known == 0 ? Double.NaN : sum / known, maximum);
  }
}
