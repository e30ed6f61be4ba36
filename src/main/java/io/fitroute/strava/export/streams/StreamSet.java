package io.fitroute.strava.export.streams;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The streams of an activity: columns of equal length, one per available type. {@link Double#NaN}
 * means unknown.
 */
public final class StreamSet {

  private static final double[] NO_COLUMN = {};

  /** No streams, as for a manual entry. */
  public static final StreamSet NONE = new StreamSet(0, new EnumMap<>(StreamType.class));

  private final int size;
  private final Set<StreamType> types;
  private final boolean hasPoints;
  private final double[][] columns = new double[StreamType.values().length][];

  /**
   * @param columns {@code size} numbers each; twice as many for positions: latitude, longitude,
   *     latitude, longitude
   */
  StreamSet(int size, Map<StreamType, double[]> columns) {
    this.size = size;
    this.types = Set.copyOf(columns.keySet());
    double[] times = columns.getOrDefault(StreamType.TIME, NO_COLUMN);
    this.hasPoints = Arrays.stream(times).anyMatch(seconds -> seconds >= 0);
    for (StreamType type : StreamType.values()) {
      this.columns[type.ordinal()] = columns.getOrDefault(type, NO_COLUMN);
    }
  }

  /** The number of points. */
  public int size() {
    return size;
  }

  /** Whether there is a stream of this type. */
  public boolean has(StreamType type) {
    return types.contains(type);
  }

  /** Whether any point has a time at or after the start. */
  public boolean hasPoints() {
    return hasPoints;
  }

  /**
   * The value of a point; unknown if there is no such stream. For {@link StreamType#MOVING} 1 is
   * true and 0 false; positions have {@link #latitude} and {@link #longitude}.
   */
  public double value(StreamType type, int index) {
    return known(columns[type.ordinal()], index);
  }

  /** The latitude of a point in degrees. */
  public double latitude(int index) {
    return position(2 * index);
  }

  /** The longitude of a point in degrees. */
  public double longitude(int index) {
    return position(2 * index + 1);
  }

  private double position(int place) {
    return known(columns[StreamType.POSITION.ordinal()], place);
  }

  private static double known(double[] column, int place) {
    return column.length == 0 ? Double.NaN : column[place];
  }
}
