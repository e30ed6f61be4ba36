package io.fitroute.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** Measured values, in ascending order. */
final class Samples {

  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  static Samples of(Collection<? extends Number> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Samples(values.stream().mapToDouble(Number::doubleValue).sorted().toArray());
  }

  static Samples of(double[] values, int count) {
    double[] copy = Arrays.copyOf(values, count);
    Arrays.sort(copy);
    return new Samples(copy);
  }

  /** The smallest value not exceeded by a fraction of all values, such as 0.99. */
  double quantile(double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  double median() {
    return quantile(0.5);
  }

  double max() {
    return sorted[sorted.length - 1];
  }
}
