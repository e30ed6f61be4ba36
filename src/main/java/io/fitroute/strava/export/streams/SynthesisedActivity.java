package io.fitroute.strava.export.streams;

import io.fitroute.fit.FitUnits;
import io.fitroute.fit.Sport;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Stopwatch;
import io.fitroute.strava.activity.Activity;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a FIT file of an activity is made of: its details, and of its streams what can be told.
 *
 * @param elapsed seconds from start to end, pauses included
 * @param timerTime seconds without pauses: those that Strava counts, or else those that the points
 *     show
 */
record SynthesisedActivity(
    ActivityDetails details,
    StreamTrack track,
    int elapsed,
    Sport sport,
    Stopwatch stopwatch,
    double timerTime) {
  /**
   * Puts it together.
   *
   * @throws CannotSynthesise if FIT cannot express the activity's times
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
   * A length that FIT cannot express is no device's; then the points tell it, where there are any.
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
