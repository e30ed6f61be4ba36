package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import java.util.function.DoublePredicate;

/**
 * What one field comes to over some points. {@link Double#NaN} if nothing of it is known.
 *
 * @param average of the points
 * @param maximum of the points
 */
record Measured(double average, double maximum) {

  /**
   * Goes over points.
   *
   * @param from position of the first
   * @param to position behind the last
   * @param counts which values do; those that are not known never do
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
