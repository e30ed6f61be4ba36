package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** A point of which the elements are read one after the other. */
final class PointInProgress {

  private final double[] values = new double[TrackField.values().length];
  private double latitude = Double.NaN;
  private double longitude = Double.NaN;
  private Optional<OffsetDateTime> time = Optional.empty();

  PointInProgress() {
    Arrays.fill(values, Double.NaN);
  }

  void latitude(String text) {
    latitude = ElementText.number(text);
  }

  void longitude(String text) {
    longitude = ElementText.number(text);
  }

  void time(String text) {
    time = ElementText.time(text);
  }

  void set(TrackField field, String text) {
    values[field.ordinal()] = ElementText.number(text);
  }

  Optional<OffsetDateTime> time() {
    return time;
  }

  /** The point, if FIT can express its time. A heart that does not beat was not measured. */
  Optional<TrackPoint> point() {
    double heartRate = value(TrackField.HEART_RATE);
    return time.map(OffsetDateTime::toInstant)
        .filter(ElementText::isExpressible)
        .map(instant -> point(instant, heartRate > 0 ? heartRate : Double.NaN));
  }

  private TrackPoint point(Instant instant, double heartRate) {
    return new TrackPoint(
        instant,
        latitude,
        longitude,
        value(TrackField.ALTITUDE),
        value(TrackField.DISTANCE),
        value(TrackField.SPEED),
        heartRate,
        value(TrackField.CADENCE),
        value(TrackField.POWER),
        Double.NaN,
        value(TrackField.TEMPERATURE));
  }

  private double value(TrackField field) {
    return values[field.ordinal()];
  }
}
