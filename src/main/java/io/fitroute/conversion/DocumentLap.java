package io.fitroute.conversion;

import static java.util.Map.entry;

import io.fitroute.fit.Intensity;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.SummaryField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lap, built up element by element. A GPX document is a single lap. */
final class DocumentLap {

  private static final Map<String, SummaryField> FIELDS =
      Map.ofEntries(
          entry("Lap/DistanceMeters", SummaryField.DISTANCE),
          entry("Lap/MaximumSpeed", SummaryField.MAXIMUM_SPEED),
          entry("Lap/Calories", SummaryField.CALORIES),
          entry("AverageHeartRateBpm/Value", SummaryField.AVERAGE_HEART_RATE),
          entry("MaximumHeartRateBpm/Value", SummaryField.MAXIMUM_HEART_RATE),
          entry("Lap/Cadence", SummaryField.AVERAGE_CADENCE),
          entry("LX/AvgSpeed", SummaryField.AVERAGE_SPEED),
          entry("LX/AvgRunCadence", SummaryField.AVERAGE_CADENCE),
          entry("LX/MaxRunCadence", SummaryField.MAXIMUM_CADENCE),
          entry("LX/MaxBikeCadence", SummaryField.MAXIMUM_CADENCE),
          entry("LX/AvgWatts", SummaryField.AVERAGE_POWER),
          entry("LX/MaxWatts", SummaryField.MAXIMUM_POWER));

  private static final Map<String, LapTrigger> TRIGGERS =
      Map.of(
          "Manual", LapTrigger.MANUAL,
          "Distance", LapTrigger.DISTANCE,
          "Location", LapTrigger.POSITION,
          "Time", LapTrigger.TIME);

  private final Optional<Double> start;
  private final List<List<DocumentPoint>> segments = new ArrayList<>();
  private final Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
  private double timerTime;
  private Optional<LapTrigger> trigger = Optional.empty();
  private Optional<Intensity> intensity = Optional.empty();

  /**
   * @param start the start time as text; ignored if it is not a time
   */
  DocumentLap(String start) {
    this.start = ElementText.time(start).map(time -> (double) time.toEpochSecond());
  }

  void beginSegment() {
    segments.add(new ArrayList<>());
  }

  void add(DocumentPoint point) {
    if (segments.isEmpty()) {
      beginSegment();
    }
    segments.get(segments.size() - 1).add(point);
  }

  /**
   * Stores the value of an element; 0 means not measured.
   *
   * @param path the parent element, a slash, and the element
   */
  void set(String path, String text) {
    switch (path) {
      case "Lap/TotalTimeSeconds" -> timerTime = Math.max(0, ElementText.number(text));
      case "Lap/TriggerMethod" -> trigger = Optional.ofNullable(TRIGGERS.get(text.strip()));
      case "Lap/Intensity" ->
          intensity =
              Optional.of(text.strip().equals("Resting") ? Intensity.REST : Intensity.ACTIVE);
      default -> {
        if (FIELDS.containsKey(path) && ElementText.number(text) > 0) {
          summary.put(FIELDS.get(path), ElementText.number(text));
        }
      }
    }
  }

  /**
   * The start in seconds since 1970: the lap's own start time, otherwise that of its first point.
   */
  Optional<Double> begin() {
    return start.or(() -> segments().stream().findFirst().map(points -> points.get(0).second()));
  }

  /**
   * The non-empty segments, ordered by the times of their first points. There is a pause between
   * consecutive segments.
   */
  List<List<DocumentPoint>> segments() {
    return segments.stream()
        .filter(points -> !points.isEmpty())
        .sorted(Comparator.comparing(points -> points.get(0).second()))
        .toList();
  }

  /** Seconds without pauses; 0 or {@link Double#NaN} if unknown. */
  double timerTime() {
    return timerTime;
  }

  Optional<LapTrigger> trigger() {
    return trigger;
  }

  Optional<Intensity> intensity() {
    return intensity;
  }

  /** The totals and averages reported by the document. */
  Map<SummaryField, Double> summary() {
    return summary;
  }
}
