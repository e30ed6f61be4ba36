package io.fitroute.conversion;

import io.fitroute.fit.Intensity;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.SummaryField;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TCX lap of which the elements are read one after the other. */
final class LapInProgress {

  private static final Map<String, SummaryField> FIELDS =
      Map.ofEntries(
          Map.entry("Lap/DistanceMeters", SummaryField.DISTANCE),
          Map.entry("Lap/MaximumSpeed", SummaryField.MAXIMUM_SPEED),
          Map.entry("Lap/Calories", SummaryField.CALORIES),
          Map.entry("AverageHeartRateBpm/Value", SummaryField.AVERAGE_HEART_RATE),
          Map.entry("MaximumHeartRateBpm/Value", SummaryField.MAXIMUM_HEART_RATE),
          Map.entry("Lap/Cadence", SummaryField.AVERAGE_CADENCE),
          Map.entry("LX/AvgSpeed", SummaryField.AVERAGE_SPEED),
          Map.entry("LX/AvgRunCadence", SummaryField.AVERAGE_CADENCE),
          Map.entry("LX/MaxRunCadence", SummaryField.MAXIMUM_CADENCE),
          Map.entry("LX/MaxBikeCadence", SummaryField.MAXIMUM_CADENCE),
          Map.entry("LX/AvgWatts", SummaryField.AVERAGE_POWER),
          Map.entry("LX/MaxWatts", SummaryField.MAXIMUM_POWER));

  private static final Map<String, LapTrigger> TRIGGERS =
      Map.of(
          "Manual", LapTrigger.MANUAL,
          "Distance", LapTrigger.DISTANCE,
          "Location", LapTrigger.POSITION,
          "Time", LapTrigger.TIME,
          "HeartRate", LapTrigger.MANUAL);

  private final Optional<Instant> start;
  private final Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
  private double timerTime = Double.NaN;
  private Optional<LapTrigger> trigger = Optional.empty();
  private Optional<Intensity> intensity = Optional.empty();

  /**
   * @param start its time as text
   */
  LapInProgress(String start) {
    this.start =
        ElementText.time(start).map(OffsetDateTime::toInstant).filter(ElementText::isExpressible);
  }

  /**
   * An element of it.
   *
   * @param path the element behind the one around it and a slash
   */
  void set(String path, String text) {
    switch (path) {
      case "Lap/TotalTimeSeconds" -> timerTime = ElementText.number(text);
      case "Lap/TriggerMethod" -> trigger = Optional.ofNullable(TRIGGERS.get(text.strip()));
      case "Lap/Intensity" ->
          intensity =
              Optional.of(text.strip().equals("Resting") ? Intensity.REST : Intensity.ACTIVE);
      default -> {
        // 0 stands for what was not measured
        if (FIELDS.containsKey(path) && ElementText.number(text) > 0) {
          summary.put(FIELDS.get(path), ElementText.number(text));
        }
      }
    }
  }

  /** The lap as a whole. */
  SourceLap lap(List<Segment> segments) {
    return new SourceLap(start, timerTime, trigger, intensity, summary, segments);
  }
}
