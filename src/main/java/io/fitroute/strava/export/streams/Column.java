package io.fitroute.strava.export.streams;

import java.util.Arrays;

/** The numbers of a stream while they are read: one per point, or two for positions. */
final class Column {

  /** More than an hour at one point a second without growing. */
  private static final int USUAL_SIZE = 1 << 12;

  private final int most;
  private double[] numbers = new double[USUAL_SIZE];
  private double[] seconds = new double[0];
  private int size;
  private boolean hasSingles;

  /**
   * @param most the maximum number of points
   */
  Column(int most) {
    this.most = most;
  }

  /** Adds a point with an unknown value. */
  void addUnknown() throws CannotSynthesise {
    put(Double.NaN, Double.NaN);
  }

  /** Adds a point with a number. */
  void add(double number) throws CannotSynthesise {
    hasSingles = true;
    put(number, Double.NaN);
  }

  /** Adds a point with a pair of numbers. */
  void add(double first, double second) throws CannotSynthesise {
    if (seconds.length == 0) {
      seconds = new double[numbers.length];
      Arrays.fill(seconds, 0, size, Double.NaN);
    }
    put(first, second);
  }

  private void put(double first, double second) throws CannotSynthesise {
    if (size == most) {
      throw new CannotSynthesise("a stream has more than " + most + " points");
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      seconds = seconds.length == 0 ? seconds : Arrays.copyOf(seconds, 2 * size);
    }
    numbers[size] = first;
    if (seconds.length > 0) {
      seconds[size] = second;
    }
    size++;
  }

  int size() {
    return size;
  }

  /**
   * The numbers in the form required by a type.
   *
   * @throws CannotSynthesise if there are pairs instead of single numbers or vice versa
   */
  double[] of(StreamType type) throws CannotSynthesise {
    if (type != StreamType.POSITION) {
      if (seconds.length > 0) {
        throw new CannotSynthesise("the stream " + type.key() + " holds pairs of numbers");
      }
      return Arrays.copyOf(numbers, size);
    }
    if (hasSingles) {
      throw new CannotSynthesise("the stream " + type.key() + " holds single numbers");
    }
    double[] pairs = new double[2 * size];
    Arrays.fill(pairs, Double.NaN);
    for (int i = 0; seconds.length > 0 && i < size; i++) {
      pairs[2 * i] = numbers[i];
      pairs[2 * i + 1] = seconds[i];
    }
    return pairs;
  }
}
