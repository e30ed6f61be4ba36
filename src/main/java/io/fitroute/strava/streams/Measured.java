package io.fitroute.strava.streams;

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
   */
  static Measured of(StreamSet streams, StreamType type, OrderedPoints points, int from, int to) {
    double sum = 0;
    double maximum = Double.NaN;
    int known = 0;
    for (int position = from; position < to; position++) {
      double value = streams.value(type, points.index(position));
      if (value >= 0) {
        sum += value;
        maximum = known == 0 ? value : Math.max(maximum, value);
        known++;
      }
    }
    return new Measured(known == 0 ? Double.NaN : sum / known, maximum);
  }
}
