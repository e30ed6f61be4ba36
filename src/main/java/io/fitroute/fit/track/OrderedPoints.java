package io.fitroute.fit.track;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The points in chronological order, as FIT requires: those with a time not before the activity's
 * start or the preceding point. If times run backwards, as few points as possible are dropped.
 * Fractions of a second are cut off.
 */
public final class OrderedPoints {

  /** FIT counts the duration of an activity in milliseconds, in 32 bits: 49 days. */
  public static final int LONGEST_SECONDS = 4_294_967;

  private final int[] indices;
  private final int[] seconds;

  private OrderedPoints(int[] indices, int[] seconds) {
    this.indices = indices;
    this.seconds = seconds;
  }

  /**
   * Orders the points of an activity.
   *
   * @param count the number of points
   * @param times seconds from the activity's start to each; {@link Double#NaN} if it has no time
   * @throws IllegalArgumentException if one is more than {@link #LONGEST_SECONDS} after the start
   */
  public static OrderedPoints of(int count, IntToDoubleFunction times) {
    int[] indices = new int[count];
    int[] seconds = new int[count];
    int size = 0;
    boolean ordered = true;
    for (int i = 0; i < count; i++) {
      double time = Math.floor(times.applyAsDouble(i));
      if (time > LONGEST_SECONDS) {
        throw new IllegalArgumentException(
            "a point is %.0f s after the start; FIT counts up to %d s"
                .formatted(time, LONGEST_SECONDS));
      }
      if (time >= 0) {
        ordered &= size == 0 || seconds[size - 1] <= time;
        indices[size] = i;
        seconds[size] = (int) time;
        size++;
      }
    }
    return ordered
        ? new OrderedPoints(Arrays.copyOf(indices, size), Arrays.copyOf(seconds, size))
        : longestOrdered(indices, seconds, size);
  }

  /**
   * The longest non-decreasing subsequence. {@code ends[n]} is the point with the smallest time at
   * which a sequence of n + 1 points can end.
   */
  private static OrderedPoints longestOrdered(int[] indices, int[] seconds, int size) {
    int[] ends = new int[size];
    int[] before = new int[size];
    int length = 0;
    for (int i = 0; i < size; i++) {
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (seconds[ends[middle]] <= seconds[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : ends[low - 1];
      ends[low] = i;
      length = Math.max(length, low + 1);
    }
    int[] keptIndices = new int[length];
    int[] keptSeconds = new int[length];
    int point = length == 0 ? -1 : ends[length - 1];
    for (int n = length - 1; n >= 0; n--) {
      keptIndices[n] = indices[point];
      keptSeconds[n] = seconds[point];
      point = before[point];
    }
    return new OrderedPoints(keptIndices, keptSeconds);
  }

  /** The number of ordered points. */
  public int size() {
    return indices.length;
  }

  /** The index of the point at a position among all points. */
  public int index(int position) {
    return indices[position];
  }

  /** Whole seconds from the activity's start to the point at a position. */
  public int seconds(int position) {
    return seconds[position];
  }

  /** The position of the first point at or after a number of seconds from the start. */
  public int positionAt(int second) {
    int low = 0;
    int high = seconds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (seconds[middle] < second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The position of the first point at or after an index among all points. */
  public int positionOf(int index) {
    int found = Arrays.binarySearch(indices, index);
    return found >= 0 ? found : -found - 1;
  }
}
