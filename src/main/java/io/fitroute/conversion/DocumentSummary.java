package io.fitroute.conversion;

import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TrackField;
import io.fitroute.fit.track.MeasuredSummary;
import io.fitroute.fit.track.RunningTotals;
import io.fitroute.fit.track.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Totals and averages of the laps and the session, as reported by the document, otherwise computed
 * from the points. Distances, calories, cycles, ascents and descents of the laps add up to those of
 * the session.
 */
final class DocumentSummary {

  private static final List<SummaryField> SUMS =
      List.of(
          SummaryField.DISTANCE,
          SummaryField.CALORIES,
          SummaryField.CYCLES,
          SummaryField.ASCENT,
          SummaryField.DESCENT);
  private static final List<SummaryField> MAXIMA =
      List.of(
          SummaryField.MAXIMUM_SPEED,
          SummaryField.MAXIMUM_HEART_RATE,
          SummaryField.MAXIMUM_CADENCE,
          SummaryField.MAXIMUM_POWER);
  private static final double CENTIMETRES = 100;
  private static final double WHOLE = 1;

  private final DocumentTrack track;
  private final TimedLaps laps;
  private final List<Map<SummaryField, Double>> summaries = new ArrayList<>();

  DocumentSummary(DocumentTrack track, TimedLaps laps, List<DocumentLap> told) {
    this.track = track;
    this.laps = laps;
    for (int lap = 0; lap < told.size(); lap++) {
      summaries.add(MeasuredSummary.of(track, laps.first(lap), laps.first(lap + 1)));
    }
    RunningTotals totals = new RunningTotals(track, laps.stopwatch());
    share(SummaryField.DISTANCE, TrackField.DISTANCE, totals.distance(), CENTIMETRES);
    share(SummaryField.CYCLES, TrackField.CADENCE, totals.cycles(), WHOLE);
    share(SummaryField.ASCENT, TrackField.ALTITUDE, totals.ascent(), WHOLE);
    share(SummaryField.DESCENT, TrackField.ALTITUDE, totals.descent(), WHOLE);
    for (int lap = 0; lap < told.size(); lap++) {
      Map<SummaryField, Double> summary = summaries.get(lap);
      summary.putAll(told.get(lap).summary());
      summary.computeIfPresent(
          SummaryField.DISTANCE, (field, metres) -> Math.round(metres * CENTIMETRES) / CENTIMETRES);
      putSpeed(summary, laps.timerTime(lap));
    }
  }

  /** Assigns each lap the increase from its first point to the first point of the next lap. */
  private void share(SummaryField field, TrackField from, double[] totals, double steps) {
    if (!track.fields().contains(from)) {
      return;
    }
    double[] marks = new double[summaries.size()];
    Arrays.setAll(marks, lap -> totals[Math.min(laps.first(lap + 1), totals.length - 1)]);
    double[] parts = Shares.of(marks, Double.NaN, steps).parts();
    for (int lap = 0; lap < parts.length; lap++) {
      summaries.get(lap).put(field, parts[lap]);
    }
  }

  private static void putSpeed(Map<SummaryField, Double> summary, double seconds) {
    if (!summary.containsKey(SummaryField.AVERAGE_SPEED) && seconds > 0) {
      double metres = summary.getOrDefault(SummaryField.DISTANCE, Double.NaN);
      summary.put(SummaryField.AVERAGE_SPEED, metres / seconds);
    }
  }

  /** The summary of a lap. */
  Map<SummaryField, Double> lap(int number) {
    return summaries.get(number);
  }

  /** The summary of the session. */
  Map<SummaryField, Double> session() {
    Map<SummaryField, Double> session = MeasuredSummary.of(track, 0, track.size());
    for (SummaryField field : SUMS) {
      session.put(field, known(field).reduce(Double::sum).orElse(Double.NaN));
    }
    for (SummaryField field : MAXIMA) {
      session.put(field, known(field).max().orElse(Double.NaN));
    }
    putSpeed(session, laps.timerTime());
    return session;
  }

  private DoubleStream known(SummaryField field) {
    return summaries.stream()
        .mapToDouble(summary -> summary.getOrDefault(field, Double.NaN))
        .filter(value -> !Double.isNaN(value));
  }
}
