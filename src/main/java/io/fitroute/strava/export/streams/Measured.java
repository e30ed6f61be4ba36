package io.fitroute.strava.export.streams;

import java.util.function.DoublePredicate;

/** Average and maximum of a stream over some points. {@link Double#NaN} means unknown. */
record Measured(double average, double maximum) {

  /**
   * Computes both.
   *
   * @param from the position of the first point
   * @param to the position after the last point
   * @param counts selects the values that count; unknown ones never do
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

  /** Strava's values of these fields, or these values where Strava reports none. */
  Measured unless(Reported reported, String averageField, String maximumField) {
    double reportedAverage = reported.average(averageField);
    double reportedMaximum = reported.maximum(maximumField);
    return new Measured(
        reportedAverage > 0 ? reportedAverage : average,
        reportedMaximum > 0 ? reportedMaximum : maximum);
  }
}
