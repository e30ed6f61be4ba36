package io.fitroute.strava.export.streams;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.SummaryField;
import io.fitroute.fit.track.MeasuredSummary;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.RunningTotals;
import io.fitroute.fit.track.Shares;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The laps and the session of an activity, with Strava's summary where available, else computed
 * from the points. Times, distances, cycles and descents of the laps add up to the session's.
 */
final class SessionSummary {

  private static final double CENTIMETRES = 100;
  private static final double WHOLE = 1;

  private final SynthesisedActivity activity;
  private final ActivityDetails details;
  private final StreamSet streams;
  private final OrderedPoints points;
  private final List<LapSpan> laps;
  private final double[] timerTimes;
  private final Shares distance;
  private final Shares cycles;
  private final Shares ascent;
  private final Shares descent;

  SessionSummary(SynthesisedActivity activity) {
    this.activity = activity;
    this.details = activity.details();
    this.streams = activity.streams();
    this.points = activity.points();
    this.laps = LapSpan.of(activity);
    this.timerTimes = LapSpan.timerTimes(laps, activity.timerTime());
    RunningTotals totals = new RunningTotals(activity.track(), activity.stopwatch());
    double metres = details.positive("distance").orElse(Double.NaN);
    this.distance =
        Shares.of(
            streams.has(StreamType.DISTANCE) ? atEnds(totals.distance()) : reportedWay(),
            metres,
            CENTIMETRES);
    this.cycles = shares(StreamType.CADENCE, totals.cycles());
    this.ascent = shares(StreamType.ALTITUDE, totals.ascent());
    this.descent = shares(StreamType.ALTITUDE, totals.descent());
  }

  private Shares shares(StreamType type, double[] totals) {
    double[] marks = atEnds(totals);
    if (!streams.has(type)) {
      Arrays.fill(marks, Double.NaN);
    }
    return Shares.of(marks, Double.NaN, WHOLE);
  }

  /** A running total at the end of each lap, which is the first point of the next. */
  private double[] atEnds(double[] totals) {
    return laps.stream()
        .mapToDouble(lap -> totals.length == 0 ? 0 : totals[Math.min(lap.end(), totals.length - 1)])
        .toArray();
  }

  /** Metres from the activity's start to the end of each lap, by Strava's laps. */
  private double[] reportedWay() {
    double[] way = new double[laps.size()];
    double metres = 0;
    for (int lap = 0; lap < way.length; lap++) {
      metres += laps.get(lap).reported().sum("distance");
      way[lap] = metres;
    }
    return way;
  }

  /** Writes the laps and then the session. */
  void writeTo(ActivityFileWriter writer) throws IOException {
    for (int number = 0; number < laps.size(); number++) {
      writer.lap(lap(number));
    }
    writer.session(session());
  }

  private Lap lap(int number) {
    LapSpan span = laps.get(number);
    Map<SummaryField, Double> summary =
        summary(span.reported(), span.first(), span.end(), ascent.parts()[number]);
    putTotals(
        summary,
        span.reported(),
        timerTimes[number],
        distance.parts()[number],
        cycles.parts()[number],
        descent.parts()[number]);
    return new Lap(
        activity.start().plusSeconds(span.startSeconds()),
        span.elapsed(),
        timerTimes[number],
        number == laps.size() - 1 ? LapTrigger.SESSION_END : LapTrigger.MANUAL,
        activity.sport(),
        summary);
  }

  private Session session() {
    double running = activity.timerTime();
    Map<SummaryField, Double> summary =
        summary(details.reported(), 0, points.size(), ascent.total());
    putTotals(
        summary, details.reported(), running, distance.total(), cycles.total(), descent.total());
    if (!streams.has(StreamType.TEMPERATURE)) {
      summary.put(SummaryField.AVERAGE_TEMPERATURE, details.number("average_temp"));
    }
    summary.put(SummaryField.CALORIES, details.number("calories"));
    return new Session(
        activity.start(), activity.elapsed(), running, activity.sport(), details.name(), summary);
  }

  private Map<SummaryField, Double> summary(Reported reported, int from, int to, double climbed) {
    Map<SummaryField, Double> summary = MeasuredSummary.of(activity.track(), from, to);
    putReported(summary, SummaryField.MAXIMUM_SPEED, reported.maximum("max_speed"));
    putReported(summary, SummaryField.AVERAGE_HEART_RATE, reported.average("average_heartrate"));
    putReported(summary, SummaryField.MAXIMUM_HEART_RATE, reported.maximum("max_heartrate"));
    putReported(summary, SummaryField.AVERAGE_CADENCE, reported.average("average_cadence"));
    putReported(summary, SummaryField.MAXIMUM_CADENCE, reported.maximum("max_cadence"));
    putReported(summary, SummaryField.AVERAGE_POWER, reported.average("average_watts"));
    putReported(summary, SummaryField.MAXIMUM_POWER, reported.maximum("max_watts"));
    double gain = reported.sum("total_elevation_gain");
    summary.put(SummaryField.ASCENT, gain >= 0 ? gain : climbed);
    return summary;
  }

  /** Values that Strava reports take precedence over computed ones. */
  private static void putReported(
      Map<SummaryField, Double> summary, SummaryField field, double reported) {
    if (reported > 0) {
      summary.put(field, reported);
    }
  }

  /** The values that add up over laps, and the speed derived from them. */
  private static void putTotals(
      Map<SummaryField, Double> summary,
      Reported reported,
      double seconds,
      double metres,
      double cycles,
      double descent) {
    double average = reported.average("average_speed");
    summary.put(
        SummaryField.AVERAGE_SPEED,
        average > 0 ? average : seconds > 0 ? metres / seconds : Double.NaN);
    summary.put(SummaryField.DISTANCE, metres);
    summary.put(SummaryField.CYCLES, cycles);
    summary.put(SummaryField.DESCENT, descent);
  }
}
