package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** A point, built up element by element. {@link Double#NaN} means unknown. */
final class DocumentPoint {

  private final double[] values = new double[TrackField.values().length];
  private double longitude;
  private double second = Double.NaN;

  /**
   * @param latitude in degrees, as text
   * @param longitude in degrees, as text
   */
  DocumentPoint(String latitude, String longitude) {
    Arrays.fill(values, Double.NaN);
    set(TrackField.POSITION, ElementText.number(latitude));
    longitude(ElementText.number(longitude));
  }

  void time(Optional<OffsetDateTime> time) {
    second = time.map(known -> (double) known.toEpochSecond()).orElse(second);
  }

  /** Sets a field; for the position, the latitude. A heart rate of 0 means not measured. */
  void set(TrackField field, double value) {
    if (field != TrackField.HEART_RATE || value > 0) {
      values[field.ordinal()] = Double.isNaN(value) ? values[field.ordinal()] : value;
    }
  }

  void longitude(double degrees) {
    longitude = degrees;
  }

  /** The time in whole seconds since 1970; {@link Double#NaN} if unknown. */
  double second() {
    return second;
  }

  /** The value of a field; for the position, the latitude, if the coordinates are valid. */
  double value(TrackField field) {
    double value = values[field.ordinal()];
    boolean nowhere = Math.abs(value) > 90 || !(Math.abs(longitude) <= 180);
    return field == TrackField.POSITION && nowhere ? Double.NaN : value;
  }

  double longitude() {
    return longitude;
  }
}
