package io.fitroute.strava.streams;

import io.fitroute.fit.FitUnits;
import io.fitroute.fit.Sport;
import io.fitroute.strava.Activity;
import java.time.Instant;
import java.util.OptionalDouble;

/** What a FIT file of an activity is made of: its details, and of its streams what can be told. */
final class SynthesisedActivity {

  private final ActivityDetails details;
  private final StreamSet streams;
  private final OrderedPoints points;
  private final int elapsed;
  private final Sport sport;
  private final Stopwatch stopwatch;
  private final double timerTime;

  /**
   * @throws CannotSynthesise if FIT cannot express the activity's times
   */
  SynthesisedActivity(Activity activity, StreamSet streams) throws CannotSynthesise {
    this.details = new ActivityDetails(activity);
    this.streams = streams;
    this.points = OrderedPoints.of(streams);
    this.elapsed = longest(details, points);
    requireExpressible(activity.start());
    requireExpressible(activity.start().plusSeconds(elapsed));
    this.sport = details.sport();
    OptionalDouble reported = details.positive("moving_time");
    this.stopwatch = Stopwatch.of(streams, points, elapsed, reported);
    this.timerTime = Math.min(elapsed, reported.orElse(stopwatch.runningTime()));
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

  ActivityDetails details() {
    return details;
  }

  StreamSet streams() {
    return streams;
  }

  OrderedPoints points() {
    return points;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  /** Seconds without pauses: those that Strava counts, or else those that the points show. */
  double timerTime() {
    return timerTime;
  }

  Sport sport() {
    return sport;
  }

  Instant start() {
    return details.start();
  }

  /** Seconds from start to end, pauses included. */
  int elapsed() {
    return elapsed;
  }

  Instant end() {
    return start().plusSeconds(elapsed);
  }

  /** When a point was reached. */
  Instant time(int position) {
    return start().plusSeconds(points.seconds(position));
  }
}
