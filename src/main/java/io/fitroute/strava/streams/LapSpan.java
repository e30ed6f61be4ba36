package io.fitroute.strava.streams;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * From where to where a lap goes.
 *
 * @param first position of its first point
 * @param end position of the next lap's first point; behind the last point for the last lap
 * @param startSeconds seconds from the activity's start to the lap's
 * @param elapsed seconds from its start to its end
 * @param running seconds without pauses, by the points
 * @param stravasEnd how many of Strava's laps there are up to its end
 */
record LapSpan(int first, int end, int startSeconds, int elapsed, int running, int stravasEnd) {

  private record Cut(int position, int seconds, int number) {}

  /**
   * The laps of an activity, at least one. Each begins where Strava says that its first point is,
   * and goes on to the next one, so that nothing is left over; the first begins with the activity.
   * A lap that takes no time is part of the one before.
   */
  static List<LapSpan> of(SynthesisedActivity activity) {
    List<Cut> cuts = cuts(activity);
    List<LapSpan> spans = new ArrayList<>();
    int ran = 0;
    for (int lap = 0; lap + 1 < cuts.size(); lap++) {
      Cut from = cuts.get(lap);
      Cut to = cuts.get(lap + 1);
      int runs = activity.stopwatch().runningTime(to.position());
      spans.add(
          new LapSpan(
              from.position(),
              to.position(),
              from.seconds(),
              to.seconds() - from.seconds(),
              runs - ran,
              to.number()));
      ran = runs;
    }
    return spans;
  }

  private static List<Cut> cuts(SynthesisedActivity activity) {
    OrderedPoints points = activity.points();
    List<JsonNode> laps = activity.details().laps();
    List<Cut> cuts = new ArrayList<>();
    Cut before = new Cut(0, 0, 0);
    cuts.add(before);
    for (int number = 1; number < laps.size(); number++) {
      JsonNode start = laps.get(number).path("start_index");
      int position = start.canConvertToInt() ? points.positionOf(start.asInt()) : 0;
      boolean inside = position > before.position() && position < points.size();
      if (inside
          && points.seconds(position) > before.seconds()
          && points.seconds(position) < activity.elapsed()) {
        before = new Cut(position, points.seconds(position), number);
        cuts.add(before);
      }
    }
    cuts.add(new Cut(points.size(), activity.elapsed(), laps.size()));
    return cuts;
  }

  /**
   * Seconds without pauses of each lap, which add up to the session's. Where the points show less
   * than that, laps with pauses get more; where they show more, all laps get less.
   *
   * @param total of the session, at most what the laps take with their pauses
   */
  static double[] timerTimes(List<LapSpan> spans, double total) {
    double elapsed = spans.stream().mapToDouble(LapSpan::elapsed).sum();
    double running = spans.stream().mapToDouble(LapSpan::running).sum();
    double[] times = new double[spans.size()];
    double shown = 0;
    double before = 0;
    double pausesBefore = 0;
    for (int lap = 0; lap < times.length; lap++) {
      LapSpan span = spans.get(lap);
      shown += span.running();
      pausesBefore += span.elapsed() - span.running();
      double mark =
          total > running
              ? shown + (total - running) * pausesBefore / (elapsed - running)
              : running == 0 ? 0 : shown * total / running;
      double rounded = Math.round(mark * 1000) / 1000.0;
      times[lap] = rounded - before;
      before = rounded;
    }
    return times;
  }
}
