package io.fitroute.fit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects the {@link Measure}s of a file from its sessions and records. */
final class MeasureCollector {

  private static final int TIMER_TIME = 8;
  private static final double MILLISECONDS = 1000;

  private static final List<Measure> IN_RECORDS =
      Arrays.stream(Measure.values()).filter(measure -> measure.record().isPresent()).toList();

  private final Map<Measure, Mean> ofSessions = new EnumMap<>(Measure.class);
  private final Map<Measure, Mean> ofRecords = new EnumMap<>(Measure.class);

  /** Numbers combined: total weight, weighted sum, and maximum. */
  private record Mean(double weight, double sum, double greatest) {

    private static final Mean NONE = new Mean(0, 0, 0);

    Mean plus(double value, double newWeight) {
      return new Mean(weight + newWeight, sum + value * newWeight, Math.max(greatest, value));
    }

    double of(Measure measure) {
      return switch (measure.combination()) {
        case SUM -> sum;
        case AVERAGE -> sum / weight;
        case MAXIMUM -> greatest;
      };
    }
  }

  void session(FieldPositions fields, byte[] message) {
    double seconds = fields.unsigned(message, TIMER_TIME).orElse(0) / MILLISECONDS;
    for (Measure measure : Measure.values()) {
      boolean sum = measure.combination() == Measure.Combination.SUM;
      double weight = sum ? 1 : Math.max(seconds, 1);
      add(ofSessions, measure, measure.session(), weight, fields, message);
    }
  }

  void record(FieldPositions fields, byte[] message) {
    for (Measure measure : IN_RECORDS) {
      add(ofRecords, measure, measure.record(), 1, fields, message);
    }
  }

  private static void add(
      Map<Measure, Mean> means,
      Measure measure,
      OptionalInt field,
      double weight,
      FieldPositions fields,
      byte[] message) {
    if (field.isEmpty()) {
      return;
    }
    OptionalLong value = fields.unsigned(message, field.getAsInt());
    if (value.isPresent() && value.getAsLong() > 0) {
      Mean mean = means.getOrDefault(measure, Mean.NONE);
      means.put(measure, mean.plus(value.getAsLong() / measure.scale(), weight));
    }
  }

  /** The known measures; sessions take precedence. */
  Map<Measure, Double> measures() {
    Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    ofRecords.forEach((measure, mean) -> measures.put(measure, mean.of(measure)));
    ofSessions.forEach((measure, mean) -> measures.put(measure, mean.of(measure)));
    return measures;
  }
}
