package io.fitroute.fit.track;

import java.util.Arrays;

/**
 * What a session came to, divided among its laps so that the parts add up to the whole, rounding
 * included. {@link Double#NaN} is what is not known.
 *
 * @param total of the session
 * @param parts of its laps
 */
public record Shares(double total, double[] parts) {

  /**
   * Divides.
   *
   * @param marks how much there was at the end of each lap, from the session's start on; they give
   *     the proportions
   * @param total how much there was in all; where it is not known, the last mark says it
   * @param steps how many steps there are in one unit, for rounding
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
