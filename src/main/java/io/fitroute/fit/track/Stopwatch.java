package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When an activity's stopwatch ran, which few sources say but the points show: it stood where the
 * source {@linkplain Track#isPause says so}, and where the points leave a gap in which no way was
 * made. Devices that save memory leave gaps too, and use them to make way; those are not pauses.
 */
public final class Stopwatch {

  /** Devices that record "smartly" leave out up to this many seconds. */
  private static final int USUAL_GAP = 10;

  /** A gap is longer than this many usual steps from point to point. */
  private static final int STEPS_OF_A_GAP = 5;

  /** Metres per second, half of a slow walk: less than this is standing. */
  private static final double STANDING = 0.5;

  private final Track points;
  private final int elapsed;
  private final int longestStep;

  /** Whether it stood in the step that leads to a point; one more for the end. */
  private final boolean[] stood;

  /** For how long it had run when a point was reached; one more for the end. */
  private final int[] running;

  private Stopwatch(Track points, int elapsed, int longestStep) {
    this.points = points;
    this.elapsed = elapsed;
    this.longestStep = longestStep;
    this.stood = new boolean[points.size() + 1];
    this.running = new int[points.size() + 1];
  }

  /**
   * The stopwatch of an activity. Of what the source says, what gaps show, and that it never stood,
   * it is what comes nearest to the time that the source reports; where it reports none, the first
   * of them in which it ran at all.
   *
   * @param elapsed seconds from start to end, pauses included, not before the last point
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

  /** Returns whether it ran from point to point: a source that knows only pauses says nothing. */
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

  /** Whether it stood on the way to a point; for the position behind the last, to the end. */
  public boolean stoodBefore(int position) {
    return stood[position];
  }

  /**
   * For how many seconds it had run at a time.
   *
   * @param position of the first point at or after that time; behind the last if there is none
   * @param second of that time, from the activity's start
   */
  public int runningTime(int position, int second) {
    int reached = position < points.size() ? points.seconds(position) : elapsed;
    return running[position] - (stood[position] ? 0 : reached - second);
  }

  /** For how many seconds it ran in all. */
  public int runningTime() {
    return running[points.size()];
  }
}
