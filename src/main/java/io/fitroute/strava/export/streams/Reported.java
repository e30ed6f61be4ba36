package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What Strava reports of a lap, of several laps taken together, or of a whole activity: the fields
 * have the same names. {@link Double#NaN} is what it does not report, or reports as 0 where that
 * means that nothing was measured.
 */
record Reported(List<JsonNode> entries) {

  /** An entry that took no time hardly counts. */
  private static final double NO_TIME = 1e-3;

  /** The sum of a field; not known if one entry lacks it. */
  double sum(String field) {
    return entries.stream().mapToDouble(entry -> ActivityDetails.number(entry, field)).sum();
  }

  /** The average of a field by elapsed time. */
  double average(String field) {
    double sum = 0;
    double weights = 0;
    for (JsonNode entry : entries) {
      double value = ActivityDetails.number(entry, field);
      if (value > 0) {
        double elapsed = ActivityDetails.number(entry, "elapsed_time");
        double weight = elapsed > 0 ? elapsed : NO_TIME;
        sum += value * weight;
        weights += weight;
      }
    }
    return sum / weights;
  }

  /** The greatest value of a field. */
  double maximum(String field) {
    return entries.stream()
        .mapToDouble(entry -> ActivityDetails.number(entry, field))
        .filter(value -> value > 0)
        .max()
        .orElse(Double.NaN);
  }
}
