package io.fitroute.fit.track;

import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TrackField;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Averages and maxima over a range of points, without the totals that add up over laps. */
public final class MeasuredSummary {

  /** A heart rate or cadence of 0 does not count towards an average. */
  private static final DoublePredicate MOVES = value -> value > 0;

  private static final DoublePredicate ANY = value -> true;

  private MeasuredSummary() {}

  /**
   * Computes the summary of a range of points.
   *
   * @param from the position of the first point
   * @param to the position after the last point
   * @return averages, maxima and the first position; {@link Double#NaN} means unknown
   */
  public static Map<SummaryField, Double> of(Track points, int from, int to) {
    Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
    summary.put(
        SummaryField.MAXIMUM_SPEED, Measured.of(points, TrackField.SPEED, from, to, ANY).maximum());
    Measured heartRate = Measured.of(points, TrackField.HEART_RATE, from, to, MOVES);
    summary.put(SummaryField.AVERAGE_HEART_RATE, heartRate.average());
    summary.put(SummaryField.MAXIMUM_HEART_RATE, heartRate.maximum());
    Measured cadence = Measured.of(points, TrackField.CADENCE, from, to, MOVES);
    summary.put(SummaryField.AVERAGE_CADENCE, cadence.average());
    summary.put(SummaryField.MAXIMUM_CADENCE, cadence.maximum());
    Measured power = Measured.of(points, TrackField.POWER, from, to, value -> value >= 0);
    summary.put(SummaryField.AVERAGE_POWER, power.average());
    summary.put(SummaryField.MAXIMUM_POWER, power.maximum());
    Measured temperature = Measured.of(points, TrackField.TEMPERATURE, from, to, ANY);
    summary.put(SummaryField.AVERAGE_TEMPERATURE, temperature.average());
    summary.put(SummaryField.MAXIMUM_TEMPERATURE, temperature.maximum());
    putStart(summary, points, from, to);
    return summary;
  }

  private static void putStart(Map<SummaryField, Double> summary, Track points, int from, int to) {
    for (int position = from; position < to; position++) {
      double latitude = points.latitude(position);
      double longitude = points.longitude(position);
      if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
        summary.put(SummaryField.START_LATITUDE, latitude);
        summary.put(SummaryField.START_LONGITUDE, longitude);
        return;
      }
    }
  }
}
