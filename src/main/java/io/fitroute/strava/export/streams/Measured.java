package io.fitroute.strava.export.streams;

import java.util.function.DoublePredicate;

/**
 * What a stream comes to over some points. {@link Double#NaN} if nothing of it is known.
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
  static Measured of(
      SynthesisedActivity activity, StreamType type, int from, int to, DoublePredicate counts) {
    double sum = 0;
    double maximum = Double.NaN;
    int known = 0;
    for (int position = from; position < to; position++) {
      double value = activity.streams().value(type, activity.points().index(position));
      if (!Double.isNaN(value) && counts.test(value)) {
        sum += value;
        maximum = known == 0 ? value : Math.max(maximum, value);
        known++;
      }
    }
    return new Measured(known == 0 ? Double.NaN : sum / known, maximum);
  }

  /** What Strava reports under these names, and this where it does not. */
  Measured unless(Reported reported, String averageField, String maximumField) {
    double reportedAverage = reported.average(averageField);
    double reportedMaximum = reported.maximum(maximumField);
    return new Measured(
        reportedAverage > 0 ? reportedAverage : average,
        reportedMaximum > 0 ? reportedMaximum : maximum);
  }
}
