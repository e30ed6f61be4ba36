package io.fitroute.fit;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Collects positions and distances over time. Of a file with more than {@value #MOST} records every
 * second one is kept, or every fourth, and so on, so that memory is bounded.
 */
final class TrackCollector {

  static final int MOST = 16_384;

  /** The number of points of the detailed track. */
  static final int DETAILED = 500;

  /** The number of points of the overview track. */
  static final int COARSE = 40;

  private static final int LATITUDE = 0;
  private static final int LONGITUDE = 1;
  private static final int DISTANCE = 5;
  private static final double CENTIMETRES = 100;
  private static final double DEGREES = 180 / 0x1p31;
  private static final long UNKNOWN = 0x7FFF_FFFFL;
  private static final double EARTH_RADIUS = 6_371_000;
  private static final double HALF_MARATHON = 21_097.5;

  private long[] times = new long[256];
  private double[] distances = new double[256];
  private double[] latitudes = new double[256];
  private double[] longitudes = new double[256];
  private int size;
  private long seen;
  private long stride = 1;
  private double distance;
  private double latitude = Double.NaN;
  private double longitude = Double.NaN;

  void record(FieldPositions fields, byte[] message, OptionalLong timestamp) {
    if (timestamp.isEmpty() || size > 0 && timestamp.getAsLong() < times[size - 1]) {
      return;
    }
    double here = degrees(fields.unsigned(message, LATITUDE), 90);
    double there = degrees(fields.unsigned(message, LONGITUDE), 180);
    boolean positioned = !Double.isNaN(here) && !Double.isNaN(there);
    OptionalLong measured = fields.unsigned(message, DISTANCE);
    if (measured.isPresent()) {
      distance = Math.max(distance, measured.getAsLong() / CENTIMETRES);
    } else if (positioned && !Double.isNaN(latitude)) {
      distance += metres(latitude, longitude, here, there);
    }
    if (positioned) {
      latitude = here;
      longitude = there;
    }
    if (seen++ % stride == 0) {
      keep(timestamp.getAsLong(), positioned ? here : Double.NaN, positioned ? there : Double.NaN);
    }
  }

  private static double degrees(OptionalLong semicircles, double most) {
    if (semicircles.isEmpty() || semicircles.getAsLong() == UNKNOWN) {
      return Double.NaN;
    }
    double degrees = (int) semicircles.getAsLong() * DEGREES;
    return Math.abs(degrees) <= most ? degrees : Double.NaN;
  }

  /** The distance on a tangential plane, which is accurate enough between consecutive records. */
  private static double metres(double latitude, double longitude, double here, double there) {
    double east = Math.toRadians(there - longitude) * Math.cos(Math.toRadians(here));
    return Math.hypot(Math.toRadians(here - latitude), east) * EARTH_RADIUS;
  }

  private void keep(long time, double here, double there) {
    if (size == MOST) {
      thin();
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      distances = Arrays.copyOf(distances, 2 * size);
      latitudes = Arrays.copyOf(latitudes, 2 * size);
      longitudes = Arrays.copyOf(longitudes, 2 * size);
    }
    times[size] = time;
    distances[size] = distance;
    latitudes[size] = here;
    longitudes[size] = there;
    size++;
  }

  private void thin() {
    for (int i = 0; i < size / 2; i++) {
      times[i] = times[2 * i];
      distances[i] = distances[2 * i];
      latitudes[i] = latitudes[2 * i];
      longitudes[i] = longitudes[2 * i];
    }
    size /= 2;
    stride *= 2;
  }

  /** The track, simplified; empty without positions. */
  Polyline track() {
    int[] positioned = positioned();
    return new Polyline(
        Arrays.stream(positioned).mapToDouble(i -> latitudes[i]).toArray(),
        Arrays.stream(positioned).mapToDouble(i -> longitudes[i]).toArray());
  }

  private int[] positioned() {
    return IntStream.range(0, size).filter(i -> !Double.isNaN(latitudes[i])).toArray();
  }

  /** Adds the known measures. */
  void addTo(Map<Measure, Double> measures) {
    best(1000).ifPresent(seconds -> measures.put(Measure.BEST_1_KM, seconds));
    best(5000).ifPresent(seconds -> measures.put(Measure.BEST_5_KM, seconds));
    best(10_000).ifPresent(seconds -> measures.put(Measure.BEST_10_KM, seconds));
    best(HALF_MARATHON).ifPresent(seconds -> measures.put(Measure.BEST_HALF_MARATHON, seconds));
    int[] positioned = positioned();
    if (positioned.length > 0) {
      int first = positioned[0];
      int last = positioned[positioned.length - 1];
      measures.put(Measure.START_LATITUDE, latitudes[first]);
      measures.put(Measure.START_LONGITUDE, longitudes[first]);
      measures.put(Measure.END_LATITUDE, latitudes[last]);
      measures.put(Measure.END_LONGITUDE, longitudes[last]);
      for (int i : positioned) {
        measures.merge(Measure.SOUTH, latitudes[i], Math::min);
        measures.merge(Measure.NORTH, latitudes[i], Math::max);
        measures.merge(Measure.WEST, longitudes[i], Math::min);
        measures.merge(Measure.EAST, longitudes[i], Math::max);
      }
    }
  }

  /** The shortest time for a distance; its beginning may lie between two records. */
  private OptionalDouble best(double metres) {
    double best = Double.POSITIVE_INFINITY;
    int from = 0;
    for (int to = 0; to < size; to++) {
      double beginning = distances[to] - metres;
      if (beginning < distances[0]) {
        continue;
      }
      while (distances[from + 1] <= beginning && from + 1 < to) {
        from++;
      }
      double step = distances[from + 1] - distances[from];
      double part = step > 0 ? Math.min(1, (beginning - distances[from]) / step) : 0;
      best = Math.min(best, times[to] - times[from] - part * (times[from + 1] - times[from]));
    }
    return best > 0 && best < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(best)
        : OptionalDouble.empty();
  }
}
