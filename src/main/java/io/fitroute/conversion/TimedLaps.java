package io.fitroute.conversion;

import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Stopwatch;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The laps of an activity in time. The first begins with the activity, and each goes on to the next
 * one. None begins before the one that it follows.
 */
final class TimedLaps {

  private static final double MILLISECONDS = 1000;

  private final DocumentTrack track;

  /** Seconds from the activity's start to that of each lap; one more for the end. */
  private final int[] starts;

  private final Stopwatch stopwatch;
  private final double[] timerTimes;

  /**
   * Puts the laps one after the other.
   *
   * @throws CannotConvert if they take longer than FIT counts
   */
  TimedLaps(List<DocumentLap> laps, DocumentTrack track) throws CannotConvert {
    this.track = track;
    this.starts = starts(laps, track);
    double told = laps.stream().mapToDouble(DocumentLap::timerTime).sum();
    boolean allTold = laps.stream().allMatch(lap -> lap.timerTime() > 0);
    this.stopwatch =
        Stopwatch.of(track, elapsed(), allTold ? OptionalDouble.of(told) : OptionalDouble.empty());
    this.timerTimes = new double[laps.size()];
    Arrays.setAll(timerTimes, lap -> timerTime(lap, laps.get(lap).timerTime()));
  }

  private static int[] starts(List<DocumentLap> laps, DocumentTrack track) throws CannotConvert {
    int[] starts = new int[laps.size() + 1];
    for (int lap = 1; lap < laps.size(); lap++) {
      double told = laps.get(lap).begin().orElse(0.0) - track.start().getEpochSecond();
      starts[lap] = expressible(Math.max(starts[lap - 1], told));
    }
    // the last lap ends with its time, or with the last point if that is later
    double shown = track.size() == 0 ? 0 : track.seconds(track.size() - 1);
    double time = Math.ceil(laps.get(laps.size() - 1).timerTime());
    double told = starts[laps.size() - 1] + (time > 0 ? time : 0);
    starts[laps.size()] = expressible(Math.max(shown, told));
    return starts;
  }

  private static int expressible(double seconds) throws CannotConvert {
    if (seconds > OrderedPoints.LONGEST_SECONDS) {
      throw new CannotConvert(
          "it is %.0f s long; FIT counts up to %d s"
              .formatted(seconds, OrderedPoints.LONGEST_SECONDS));
    }
    return (int) seconds;
  }

  /** What the document tells, or else what the stopwatch shows. */
  private double timerTime(int lap, double told) {
    double shown =
        stopwatch.runningTime(first(lap + 1), starts[lap + 1])
            - stopwatch.runningTime(first(lap), starts[lap]);
    return Math.round((told > 0 ? Math.min(told, elapsed(lap)) : shown) * MILLISECONDS)
        / MILLISECONDS;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  /** The position of the first point of a lap; for the lap after the last, behind all. */
  int first(int lap) {
    return lap == starts.length - 1 ? track.size() : track.positionAt(starts[lap]);
  }

  Instant start(int lap) {
    return track.start().plusSeconds(starts[lap]);
  }

  /** Seconds of a lap, pauses included. */
  int elapsed(int lap) {
    return starts[lap + 1] - starts[lap];
  }

  /** Seconds of all laps, pauses included. */
  int elapsed() {
    return starts[starts.length - 1];
  }

  /** Seconds of a lap without pauses. */
  double timerTime(int lap) {
    return timerTimes[lap];
  }

  /** Seconds of all laps without pauses. */
  double timerTime() {
    return Arrays.stream(timerTimes).sum();
  }
}
