package io.fitroute.strava.export.streams;

import io.fitroute.fit.FitUnits;
import io.fitroute.fit.Sport;
import io.fitroute.strava.activity.Activity;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * The parts of a FIT file of an activity: its details and the usable points of its streams.
 *
 * @param elapsed seconds from start to end, including pauses
 * @param timerTime seconds without pauses, as reported by Strava or else by the points
 */
record SynthesisedActivity(
    ActivityDetails details,
    StreamSet streams,
    OrderedPoints points,
    int elapsed,
    Sport sport,
    Stopwatch stopwatch,
    double timerTime) {
  /**
   * Assembles the parts.
   *
   * @throws CannotSynthesise if FIT cannot represent the activity's times
   */
  static SynthesisedActivity of(Activity activity, StreamSet streams) throws CannotSynthesise {
    ActivityDetails details = new ActivityDetails(activity);
    OrderedPoints points = OrderedPoints.of(streams);
    int elapsed = longest(details, points);
    requireExpressible(activity.start());
    requireExpressible(activity.start().plusSeconds(elapsed));
    OptionalDouble reported = details.positive("moving_time");
    Stopwatch stopwatch = Stopwatch.of(streams, points, elapsed, reported);
    double timerTime = Math.min(elapsed, reported.orElse(stopwatch.runningTime()));
    return new SynthesisedActivity(
        details, streams, points, elapsed, details.sport(), stopwatch, timerTime);
  }

  /**
   * A duration beyond FIT's range cannot come from a device; then the points determine it, if there
   * are any.
   */
  private static int longest(ActivityDetails details, OrderedPoints points)
      throws CannotSynthesise {
    double shown = points.size() == 0 ? 0 : points.seconds(points.size() - 1);
    double told = Math.rint(details.elapsedTime());
    boolean impossible = told > OrderedPoints.LONGEST_SECONDS && shown > 0;
    double seconds = impossible ? shown : Math.max(told, shown);
    if (seconds > OrderedPoints.LONGEST_SECONDS) {
      throw new CannotSynthesise(
          "it is %.0f s long; FIT counts up to %d s"
              .formatted(seconds, OrderedPoints.LONGEST_SECONDS));
    }
    return (int) seconds;
  }

  private static void requireExpressible(Instant time) throws CannotSynthesise {
    try {
      FitUnits.timestamp(time);
    } catch (IllegalArgumentException e) {
      throw new CannotSynthesise(e.getMessage());
    }
  }

  Instant start() {
    return details.start();
  }

  Instant end() {
    return start().plusSeconds(elapsed);
  }

  /** When a point was recorded. */
  Instant time(int position) {
    return start().plusSeconds(points.seconds(position));
  }
}
