package io.fitroute.strava.export.streams;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The streams of one activity: a column of numbers for each type that there is, all of one length.
 * {@link Double#NaN} stands for what is not known.
 */
public final class StreamSet {

  private static final double[] NO_COLUMN = {};

  /** No streams at all, as of a manual entry. */
  public static final StreamSet NONE = new StreamSet(0, new EnumMap<>(StreamType.class));

  private final int size;
  private final Set<StreamType> types;
  private final boolean hasPoints;
  private final double[][] columns = new double[StreamType.values().length][];

  /**
   * @param columns of {@code size} numbers each; of twice as many for positions: north, east,
   *     north, east
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

  /** How many points there are. */
  public int size() {
    return size;
  }

  /** Whether there is a stream of this type. */
  public boolean has(StreamType type) {
    return types.contains(type);
  }

  /** Whether there are points that have their place in time, from the start on. */
  public boolean hasPoints() {
    return hasPoints;
  }

  /**
   * What a stream tells of a point: not known if there is no such stream. For {@link
   * StreamType#MOVING} 1 is yes and 0 no; positions have {@link #latitude} and {@link #longitude}.
   */
  public double value(StreamType type, int index) {
    return known(columns[type.ordinal()], index);
  }

  /** Degrees north of a point. */
  public double latitude(int index) {
    return position(2 * index);
  }

  /** Degrees east of a point. */
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
