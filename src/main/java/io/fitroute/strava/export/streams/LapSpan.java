package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.fit.track.OrderedPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The extent of a lap.
 *
 * @param first the position of its first point
 * @param end the position of the next lap's first point; after the last point for the last lap
 * @param startSeconds seconds from the activity's start to the lap's
 * @param elapsed seconds from its start to its end
 * @param running seconds without pauses, as reported by Strava or else by the points
 * @param reported the laps of Strava that it consists of
 */
record LapSpan(
    int first, int end, int startSeconds, int elapsed, double running, Reported reported) {

  private record Cut(int position, int seconds, int number) {}

  /**
   * The laps of an activity, at least one. Each begins at the point Strava reports, or, if that is
   * invalid as in indoor recordings, at the time Strava reports. It ends where the next one begins,
   * so nothing is left over; the first begins with the activity. A lap of no duration is merged
   * into the one before.
   */
  static List<LapSpan> of(SynthesisedActivity activity) {
    List<JsonNode> laps = activity.details().laps();
    List<Cut> cuts = cuts(activity, laps);
    boolean timed = laps.stream().anyMatch(lap -> ActivityDetails.number(lap, "moving_time") > 0);
    List<LapSpan> spans = new ArrayList<>();
    int ran = 0;
    for (int lap = 0; lap + 1 < cuts.size(); lap++) {
      Cut from = cuts.get(lap);
      Cut to = cuts.get(lap + 1);
      int runs = activity.stopwatch().runningTime(to.position(), to.seconds());
      int elapsed = to.seconds() - from.seconds();
      Reported reported = new Reported(laps.subList(from.number(), to.number()));
      double moving = timed ? reported.sum("moving_time") : Double.NaN;
      double running = moving >= 0 ? Math.min(moving, elapsed) : runs - ran;
      spans.add(
          new LapSpan(from.position(), to.position(), from.seconds(), elapsed, running, reported));
      ran = runs;
    }
    return spans;
  }

  private static List<Cut> cuts(SynthesisedActivity activity, List<JsonNode> laps) {
    OrderedPoints points = activity.points();
    double[] starts = starts(laps);
    List<Cut> cuts = new ArrayList<>();
    Cut before = new Cut(0, 0, 0);
    cuts.add(before);
    for (int number = 1; number < laps.size(); number++) {
      JsonNode index = laps.get(number).path("start_index");
      boolean pointed =
          index.canConvertToInt()
              && index.asInt() > 0
              && points.positionOf(index.asInt()) < points.size();
      double start =
          pointed ? points.seconds(points.positionOf(index.asInt())) : Math.rint(starts[number]);
      if (start > before.seconds() && start < activity.elapsed()) {
        before = new Cut(points.positionAt((int) start), (int) start, number);
        cuts.add(before);
      }
    }
    cuts.add(new Cut(points.size(), activity.elapsed(), laps.size()));
    return cuts;
  }

  /**
   * Seconds from the first lap's start to each lap's, by their dates; if these are unusable, as
   * when the owner hides them, by the elapsed times of earlier laps.
   */
  private static double[] starts(List<JsonNode> laps) {
    double[] starts = new double[laps.size()];
    for (int number = 1; number < starts.length; number++) {
      double before = starts[number - 1];
      double dated = secondsBetween(laps.get(0), laps.get(number));
      starts[number] =
          dated > before
              ? dated
              : before + ActivityDetails.number(laps.get(number - 1), "elapsed_time");
    }
    return starts;
  }

  private static double secondsBetween(JsonNode first, JsonNode other) {
    try {
      Instant start = Instant.parse(first.path("start_date").asText());
      return Duration.between(start, Instant.parse(other.path("start_date").asText())).toSeconds();
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /**
   * The timer time of each lap in seconds, adjusted so that they add up to the session's. If they
   * add up to less, laps with pauses get more; if to more, all get less.
   *
   * @param total the session's timer time, at most the laps' elapsed time
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
