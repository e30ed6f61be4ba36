package io.fitroute.conversion;

import io.fitroute.fit.Intensity;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.SummaryField;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lap as the document tells it.
 *
 * @param start when it began, if the document says so and FIT can express it
 * @param timerTime seconds without pauses; {@link Double#NaN} if the document does not say
 * @param trigger why it ended
 * @param intensity whether it was a rest
 * @param summary what it came to, by the document; without what is not known
 * @param segments between each two of them is a pause
 */
record SourceLap(
    Optional<Instant> start,
    double timerTime,
    Optional<LapTrigger> trigger,
    Optional<Intensity> intensity,
    Map<SummaryField, Double> summary,
    List<Segment> segments) {

  /** When it began: at its start, or else at its first point. */
  Optional<Instant> begin() {
    return start.or(
        () -> segments.stream().findFirst().map(segment -> segment.points().get(0).time()));
  }

  /** This lap and the next one as one, of which the document tells what can be added up. */
  SourceLap plus(SourceLap next) {
    Map<SummaryField, Double> sums = new EnumMap<>(SummaryField.class);
    for (SummaryField field : List.of(SummaryField.DISTANCE, SummaryField.CALORIES)) {
      if (summary.containsKey(field) && next.summary.containsKey(field)) {
        sums.put(field, summary.get(field) + next.summary.get(field));
      }
    }
    return new SourceLap(
        start,
        timerTime + next.timerTime,
        next.trigger,
        intensity,
        sums,
        Stream.concat(segments.stream(), next.segments.stream()).toList());
  }
}
