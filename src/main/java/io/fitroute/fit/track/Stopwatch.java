package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reconstructs when an activity's timer ran, which few sources report directly. It was stopped
 * where the source {@linkplain Track#isPause says so} and in gaps between points without movement.
 * Devices that save memory also leave gaps, but while moving; those are not pauses.
 */
public final class Stopwatch {

  /** The longest gap in seconds of devices with "smart" recording. */
  private static final int USUAL_GAP = 10;

  /** A gap is longer than this number of usual steps between points. */
  private static final int STEPS_OF_A_GAP = 5;

  /** Metres per second, half of a slow walk; slower is standing. */
  private static final double STANDING = 0.5;

  private final Track points;
  private final int elapsed;
  private final int longestStep;

  /**
   * Whether the timer was stopped in the step that leads to a point; the last entry is for the end.
   */
  private final boolean[] stood;

  /** The timer's seconds when a point was reached; the last entry is for the end. */
  private final int[] running;

  private Stopwatch(Track points, int elapsed, int longestStep) {
    this.points = points;
    this.elapsed = elapsed;
    this.longestStep = longestStep;
    this.stood = new boolean[points.size() + 1];
    this.running = new int[points.size() + 1];
  }

  /**
   * The timer of an activity. Of three readings (the source's, by gaps, never stopped) it is the
   * one closest to the reported time; if none is reported, the first in which the timer ran at all.
   *
   * @param elapsed seconds from start to end, including pauses, not before the last point
   * @param reported seconds without pauses
   */
  public static Stopwatch of(Track points, int elapsed, OptionalDouble reported) {
    int longestStep = longestStep(points);
    List<Stopwatch> readings = new ArrayList<>();
    for (boolean heedSource : List.of(true, false)) {
      Stopwatch reading = new Stopwatch(points, elapsed, longestStep);
      if (reading.follow(heedSource)) {
        readings.add(reading);
      }
    }
    Stopwatch neverStood = new Stopwatch(points, elapsed, longestStep);
    neverStood.count();
    readings.add(neverStood);
    return reported.isEmpty()
        ? readings.get(0)
        : Collections.min(
            readings,
            Comparator.comparingDouble(
                reading -> Math.abs(reading.runningTime() - reported.getAsDouble())));
  }

  private static int longestStep(Track points) {
    int[] steps = new int[points.size()];
    int count = 0;
    boolean gaps = false;
    for (int position = 1; position < points.size(); position++) {
      int step = points.seconds(position) - points.seconds(position - 1);
      gaps |= step > USUAL_GAP;
      if (step > 0) {
        steps[count++] = step;
      }
    }
    if (gaps) {
      Arrays.sort(steps, 0, count);
    }
    int usual = gaps ? steps[count / 2] : 1;
    return Math.max(USUAL_GAP, STEPS_OF_A_GAP * usual);
  }

  /** Returns whether the timer ran at all; a source that reports only pauses is not usable. */
  private boolean follow(boolean heedSource) {
    int last = points.size() - 1;
    stood[0] = last >= 0 && points.seconds(0) > longestStep;
    for (int position = 1; position <= last; position++) {
      stood[position] = isPause(position, heedSource);
    }
    stood[last + 1] = last >= 0 && elapsed - points.seconds(last) > longestStep;
    count();
    return runningTime() > 0 && (last < 1 || running[last] > running[0]) || elapsed == 0;
  }

  private boolean isPause(int position, boolean heedSource) {
    int step = points.seconds(position) - points.seconds(position - 1);
    if (step == 0) {
      return stood[position - 1];
    }
    if (heedSource && points.isPause(position)) {
      return true;
    }
    double way =
        points.value(TrackField.DISTANCE, position)
            - points.value(TrackField.DISTANCE, position - 1);
    return step > longestStep && !(way / step >= STANDING);
  }

  private void count() {
    int last = points.size() - 1;
    int ran = 0;
    for (int position = 0; position <= last + 1; position++) {
      int from = position == 0 ? 0 : points.seconds(position - 1);
      int to = position > last ? elapsed : points.seconds(position);
      ran += stood[position] ? 0 : to - from;
      running[position] = ran;
    }
  }

  /** Whether it was stopped on the way to a point; for the position after the last, to the end. */
  public boolean stoodBefore(int position) {
    return stood[position];
  }

  /**
   * The timer's seconds at a time.
   *
   * @param position the first point at or after that time; after the last if there is none
   * @param second that time, in seconds from the activity's start
   */
  public int runningTime(int position, int second) {
    int reached = position < points.size() ? points.seconds(position) : elapsed;
    return running[position] - (stood[position] ? 0 : reached - second);
  }

  /** The timer's total seconds. */
  public int runningTime() {
    return running[points.size()];
  }
}
