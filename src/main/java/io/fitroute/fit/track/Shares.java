package io.fitroute.fit.track;

import java.util.Arrays;

/**
 * A session's total divided among its laps so that the rounded parts add up to it. {@link
 * Double#NaN} means unknown.
 *
 * @param total the session's total
 * @param parts the laps' parts
 */
public record Shares(double total, double[] parts) {

  /**
   * Divides a total.
   *
   * @param marks the amount reached at the end of each lap since the session's start, for the
   *     proportions
   * @param total the total; the last mark if unknown
   * @param steps the number of steps in one unit, for rounding
   */
  public static Shares of(double[] marks, double total, double steps) {
    double[] parts = new double[marks.length];
    double counted = marks[marks.length - 1];
    double whole = round(total >= 0 ? total : counted, steps);
    if (counted > 0 && whole >= 0) {
      double before = 0;
      for (int lap = 0; lap < marks.length; lap++) {
        boolean last = lap == marks.length - 1;
        double mark = last ? whole : round(marks[lap] * (whole / counted), steps);
        parts[lap] = mark - before;
        before = mark;
      }
    } else {
      Arrays.fill(parts, marks.length == 1 || whole == 0 ? whole : Double.NaN);
    }
    return new Shares(whole, parts);
  }

  private static double round(double value, double steps) {
    return Double.isNaN(value) ? value : Math.round(value * steps) / steps;
  }
}
