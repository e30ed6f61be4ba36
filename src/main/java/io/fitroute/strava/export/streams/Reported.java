package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Strava's summary of a lap, of several laps together, or of a whole activity, which use the same
 * field names. {@link Double#NaN} means not reported, or reported as 0 where that means not
 * measured.
 */
record Reported(List<JsonNode> entries) {

  /** The weight of an entry without duration. */
  private static final double NO_TIME = 1e-3;

  /** The sum of a field; unknown if an entry lacks it. */
  double sum(String field) {
    return entries.stream().mapToDouble(entry -> ActivityDetails.number(entry, field)).sum();
  }

  /** The average of a field, weighted by elapsed time. */
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

  /** The maximum of a field. */
  double maximum(String field) {
    return entries.stream()
        .mapToDouble(entry -> ActivityDetails.number(entry, field))
        .filter(value -> value > 0)
        .max()
        .orElse(Double.NaN);
  }
}
