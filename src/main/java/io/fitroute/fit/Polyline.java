package io.fitroute.fit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * A line on the map. It is simplified as by Douglas and Peucker, but to a number of points rather
 * than a tolerance: the point farthest from the line is added next, until the number is reached or
 * no point is off by a metre. The work is bounded by the product of both numbers of points.
 */
public final class Polyline {

  /** No points. */
  public static final Polyline EMPTY = new Polyline(new double[0], new double[0]);

  private static final double METRES_PER_DEGREE = 111_195;
  private static final double TOLERANCE = 1;
  private static final double PRECISION = 1e5;

  private final double[] latitudes;
  private final double[] longitudes;

  Polyline(double[] latitudes, double[] longitudes) {
    this.latitudes = latitudes;
    this.longitudes = longitudes;
  }

  /** A section of the line, and its point farthest from the straight connection. */
  private record Part(int first, int last, int farthest, double deviation) {}

  /** The most significant points, including the first and the last. */
  public Polyline simplified(int most) {
    if (latitudes.length <= 2) {
      return this;
    }
    BitSet kept = new BitSet(latitudes.length);
    kept.set(0);
    kept.set(latitudes.length - 1);
    PriorityQueue<Part> parts =
        new PriorityQueue<>(Comparator.comparingDouble(Part::deviation).reversed());
    parts.add(part(0, latitudes.length - 1));
    for (int count = 2; count < most && parts.peek().deviation() > TOLERANCE; count++) {
      Part part = parts.remove();
      kept.set(part.farthest());
      parts.add(part(part.first(), part.farthest()));
      parts.add(part(part.farthest(), part.last()));
    }
    return new Polyline(
        kept.stream().mapToDouble(i -> latitudes[i]).toArray(),
        kept.stream().mapToDouble(i -> longitudes[i]).toArray());
  }

  private Part part(int first, int last) {
    int farthest = first;
    double deviation = 0;
    for (int i = first + 1; i < last; i++) {
      double off = deviation(first, last, i);
      if (off > deviation) {
        deviation = off;
        farthest = i;
      }
    }
    return new Part(first, last, farthest, deviation);
  }

  /** Metres from a point to the straight connection of two others, on a plane. */
  private double deviation(int first, int last, int point) {
    double narrowing = Math.cos(Math.toRadians(latitudes[first]));
    double east = (longitudes[last] - longitudes[first]) * narrowing;
    double north = latitudes[last] - latitudes[first];
    double pointEast = (longitudes[point] - longitudes[first]) * narrowing;
    double pointNorth = latitudes[point] - latitudes[first];
    double square = east * east + north * north;
    double along = square == 0 ? 0 : (pointEast * east + pointNorth * north) / square;
    double nearest = Math.max(0, Math.min(1, along));
    return METRES_PER_DEGREE * Math.hypot(pointEast - nearest * east, pointNorth - nearest * north);
  }

  /** The number of points. */
  public int size() {
    return latitudes.length;
  }

  /** In Google's encoding with five decimals; empty without points. */
  public String encoded() {
    StringBuilder text = new StringBuilder();
    long lastLatitude = 0;
    long lastLongitude = 0;
    for (int i = 0; i < latitudes.length; i++) {
      long latitude = Math.round(latitudes[i] * PRECISION);
      long longitude = Math.round(longitudes[i] * PRECISION);
      append(text, latitude - lastLatitude);
      append(text, longitude - lastLongitude);
      lastLatitude = latitude;
      lastLongitude = longitude;
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polyline line
        && Arrays.equals(latitudes, line.latitudes)
        && Arrays.equals(longitudes, line.longitudes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(latitudes), Arrays.hashCode(longitudes));
  }

  /** The same as {@link #encoded()}. */
  @Override
  public String toString() {
    return encoded();
  }

  private static void append(StringBuilder text, long difference) {
    long rest = difference < 0 ? ~(difference << 1) : difference << 1;
    while (rest >= 0x20) {
      text.append((char) ((0x20 | rest & 0x1F) + 63));
      rest >>= 5;
    }
    text.append((char) (rest + 63));
  }
}
