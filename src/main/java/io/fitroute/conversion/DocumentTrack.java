package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The points of a document as a track. Where times run backwards, as few points as possible are
 * dropped. If no point has a distance, it is computed from the positions, without pauses.
 */
final class DocumentTrack implements Track {

  /** The longest accepted time, in seconds, between the start and the first point. */
  private static final double LONGEST_WAIT = 86_400;

  /** The Earth's mean radius in metres. */
  private static final double EARTH_RADIUS = 6_371_008.8;

  private final List<DocumentPoint> points = new ArrayList<>();
  private final BitSet pauses = new BitSet();
  private final BitSet laps = new BitSet();
  private final OrderedPoints order;
  private final long start;
  private final int shift;
  private final Set<TrackField> fields = EnumSet.noneOf(TrackField.class);

  /**
   * Joins the points of all laps.
   *
   * @throws CannotConvert if no lap or point has a time, or the duration exceeds FIT's range
   */
  DocumentTrack(List<DocumentLap> source) throws CannotConvert {
    source.forEach(this::add);
    double earliest = points.stream().mapToDouble(DocumentPoint::second).min().orElse(0);
    try {
      order = OrderedPoints.of(points.size(), index -> points.get(index).second() - earliest);
    } catch (IllegalArgumentException e) {
      throw new CannotConvert(e.getMessage());
    }
    Optional<Double> first = size() == 0 ? Optional.empty() : Optional.of(at(0).second());
    start =
        source
            .get(0)
            .begin()
            .filter(told -> first.map(time -> isStart(told, time)).orElse(true))
            .or(() -> first)
            .orElseThrow(() -> new CannotConvert("it has no track with times"))
            .longValue();
    shift = (int) (earliest - start);
    for (TrackField field : TrackField.values()) {
      if (positions().anyMatch(position -> !Double.isNaN(value(field, position)))) {
        fields.add(field);
      }
    }
    if (fields.contains(TrackField.DISTANCE)) {
      addDistancesOfLaps();
    } else if (fields.contains(TrackField.POSITION)) {
      measureDistances();
      fields.add(TrackField.DISTANCE);
    }
  }

  private void add(DocumentLap lap) {
    laps.set(points.size());
    for (List<DocumentPoint> segment : lap.segments()) {
      pauses.set(points.size(), !laps.get(points.size()));
      points.addAll(segment);
    }
  }

  private static boolean isStart(double told, double first) {
    return told <= first && told > first - LONGEST_WAIT;
  }

  private IntStream positions() {
    return IntStream.range(0, size());
  }

  private DocumentPoint at(int position) {
    return points.get(order.index(position));
  }

  /** Makes distances cumulative if a lap starts again at 0. */
  private void addDistancesOfLaps() {
    double before = 0;
    double last = 0;
    boolean newLap = false;
    for (int position = 0; position < size(); position++) {
      newLap |= isMarked(laps, position);
      double told = value(TrackField.DISTANCE, position);
      if (!Double.isNaN(told)) {
        before += newLap && told < last / 2 ? last : 0;
        last = told;
        newLap = false;
        at(position).set(TrackField.DISTANCE, before + told);
      }
    }
  }

  private void measureDistances() {
    double metres = 0;
    int last = -1;
    for (int position = 0; position < size(); position++) {
      last = isPause(position) ? -1 : last;
      if (!Double.isNaN(latitude(position))) {
        metres += last < 0 ? 0 : way(last, position);
        at(position).set(TrackField.DISTANCE, metres);
        last = position;
      }
    }
  }

  /** The great-circle distance between two points in metres, by the haversine formula. */
  private double way(int from, int to) {
    double north = Math.toRadians(latitude(to) - latitude(from)) / 2;
    double east = Math.toRadians(longitude(to) - longitude(from)) / 2;
    double chord =
        Math.pow(Math.sin(north), 2)
            + Math.cos(Math.toRadians(latitude(from)))
                * Math.cos(Math.toRadians(latitude(to)))
                * Math.pow(Math.sin(east), 2);
    return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  /** Whether a point, or one dropped directly before it, is marked. */
  private boolean isMarked(BitSet marks, int position) {
    int mark = marks.nextSetBit(position == 0 ? 0 : order.index(position - 1) + 1);
    return mark >= 0 && mark <= order.index(position);
  }

  /** The number of points dropped because their times run backwards. */
  int leftOut() {
    return points.size() - size();
  }

  /** The position of the first point at or after a number of seconds from the start. */
  int positionAt(int second) {
    return order.positionAt(second - shift);
  }

  /** The start of the first lap, otherwise the time of the first point. */
  @Override
  public Instant start() {
    return Instant.ofEpochSecond(start);
  }

  @Override
  public int size() {
    return order.size();
  }

  @Override
  public int seconds(int position) {
    return order.seconds(position) + shift;
  }

  @Override
  public Set<TrackField> fields() {
    return fields;
  }

  @Override
  public boolean isPause(int position) {
    return isMarked(pauses, position);
  }

  @Override
  public double value(TrackField field, int position) {
    return at(position).value(field);
  }

  @Override
  public double latitude(int position) {
    return value(TrackField.POSITION, position);
  }

  @Override
  public double longitude(int position) {
    return at(position).longitude();
  }
}
