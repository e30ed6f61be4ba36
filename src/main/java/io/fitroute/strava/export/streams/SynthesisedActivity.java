package io.fitroute.strava.export.streams;

import io.fitroute.fit.FitUnits;
import io.fitroute.fit.Sport;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Stopwatch;
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
    StreamTrack track,
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
    OrderedPoints points = ordered(streams);
    int elapsed = longest(details, points);
    requireExpressible(activity.start());
    requireExpressible(activity.start().plusSeconds(elapsed));
    StreamTrack track = new StreamTrack(activity.start(), streams, points);
    OptionalDouble reported = details.positive("moving_time");
    Stopwatch stopwatch = Stopwatch.of(track, elapsed, reported);
    double timerTime = Math.min(elapsed, reported.orElse(stopwatch.runningTime()));
    return new SynthesisedActivity(details, track, elapsed, details.sport(), stopwatch, timerTime);
  }

  private static OrderedPoints ordered(StreamSet streams) throws CannotSynthesise {
    try {
      return OrderedPoints.of(streams.size(), i -> streams.value(StreamType.TIME, i));
    } catch (IllegalArgumentException e) {
      throw new CannotSynthesise(e.getMessage());
    }
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

  StreamSet streams() {
    return track.streams();
  }

  OrderedPoints points() {
    return track.points();
  }
}
