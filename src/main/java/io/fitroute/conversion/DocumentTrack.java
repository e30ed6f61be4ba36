package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The points of a document as a track. As few points as possible are left out where times run
 * backwards. Where no point has a distance, it is measured along the positions, pauses left out.
 */
final class DocumentTrack implements Track {

  /** A watch is started at most so long before its first point. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Metres: the earth's mean radius. */
  private static final double EARTH_RADIUS = 6_371_008.8;

  private final List<TrackPoint> points = new ArrayList<>();
  private final BitSet pauses = new BitSet();
  private final BitSet laps = new BitSet();
  private final OrderedPoints order;
  private final Instant start;
  private final int shift;
  private final Set<TrackField> fields = EnumSet.noneOf(TrackField.class);
  private final double[] distance;

  /**
   * Puts the points of all laps together.
   *
   * @throws CannotConvert if nothing has a time, or the points take longer than FIT counts
   */
  DocumentTrack(List<SourceLap> source) throws CannotConvert {
    source.forEach(this::add);
    long earliest =
        points.stream().mapToLong(point -> point.time().getEpochSecond()).min().orElse(0);
    try {
      order =
          OrderedPoints.of(
              points.size(), index -> points.get(index).time().getEpochSecond() - earliest);
    } catch (IllegalArgumentException e) {
      throw new CannotConvert(e.getMessage());
    }
    Optional<Instant> first =
        order.size() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochSecond(earliest + order.seconds(0)));
    start = start(source.get(0).start().map(told -> told.truncatedTo(ChronoUnit.SECONDS)), first);
    shift = (int) (earliest - start.getEpochSecond());
    for (TrackField field : TrackField.values()) {
      if (positions().anyMatch(at -> !Double.isNaN(number(field, points.get(order.index(at)))))) {
        fields.add(field);
      }
    }
    distance = fields.contains(TrackField.DISTANCE) ? toldDistance() : measuredDistance();
    if (fields.contains(TrackField.POSITION)) {
      fields.add(TrackField.DISTANCE);
    }
  }

  private void add(SourceLap lap) {
    laps.set(points.size());
    for (Segment segment : lap.segments()) {
      pauses.set(points.size(), !laps.get(points.size()));
      points.addAll(segment.points());
    }
  }

  private static Instant start(Optional<Instant> told, Optional<Instant> first)
      throws CannotConvert {
    return told.filter(
            time ->
                first.isEmpty()
                    || !time.isAfter(first.get()) && time.plus(LONGEST_WAIT).isAfter(first.get()))
        .or(() -> first)
        .orElseThrow(() -> new CannotConvert("nothing in it has a time"));
  }

  private IntStream positions() {
    return IntStream.range(0, order.size());
  }

  /** Metres of the points; where a lap counts from 0 again, those of the laps before are added. */
  private double[] toldDistance() {
    double[] metres = new double[order.size()];
    double before = 0;
    double reached = 0;
    boolean newLap = false;
    for (int position = 0; position < metres.length; position++) {
      newLap |= isBetween(laps, position);
      double told = points.get(order.index(position)).distance();
      if (!Double.isNaN(told)) {
        before = newLap && before + told < reached / 2 ? reached : before;
        reached = before + told;
        newLap = false;
      }
      metres[position] = before + told;
    }
    return metres;
  }

  private double[] measuredDistance() {
    double[] metres = new double[order.size()];
    double reached = 0;
    Optional<TrackPoint> last = Optional.empty();
    for (int position = 0; position < metres.length; position++) {
      TrackPoint point = points.get(order.index(position));
      if (isPause(position)) {
        last = Optional.empty();
      }
      if (Double.isNaN(number(TrackField.POSITION, point))) {
        metres[position] = Double.NaN;
      } else {
        reached += last.map(from -> way(from, point)).orElse(0.0);
        metres[position] = reached;
        last = Optional.of(point);
      }
    }
    return metres;
  }

  /** Metres between two points on a sphere, by the haversine formula. */
  private static double way(TrackPoint from, TrackPoint to) {
    double north = Math.toRadians(to.latitude() - from.latitude()) / 2;
    double east = Math.toRadians(to.longitude() - from.longitude()) / 2;
    double chord =
        Math.pow(Math.sin(north), 2)
            + Math.cos(Math.toRadians(from.latitude()))
                * Math.cos(Math.toRadians(to.latitude()))
                * Math.pow(Math.sin(east), 2);
    return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  /** Whether a mark stands at a point, or at one left out just before it. */
  private boolean isBetween(BitSet marks, int position) {
    int after = position == 0 ? 0 : order.index(position - 1) + 1;
    int mark = marks.nextSetBit(after);
    return mark >= 0 && mark <= order.index(position);
  }

  /** When the activity began: the first lap, or else the first point. */
  Instant start() {
    return start;
  }

  /** How many points were left out because they run backwards in time. */
  int leftOut() {
    return points.size() - order.size();
  }

  /** The position of the first point at or after this many seconds from the start. */
  int positionAt(int second) {
    return order.positionAt(second - shift);
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
    return isBetween(pauses, position);
  }

  @Override
  public double value(TrackField field, int position) {
    return field == TrackField.DISTANCE
        ? distance[position]
        : number(field, points.get(order.index(position)));
  }

  @Override
  public TrackPoint point(int position) {
    TrackPoint told = points.get(order.index(position));
    return new TrackPoint(
        told.time(),
        told.latitude(),
        told.longitude(),
        told.altitude(),
        distance[position],
        told.speed(),
        told.heartRate(),
        told.cadence(),
        told.power(),
        told.grade(),
        told.temperature());
  }

  /** A number of a point; for its position, one that is known if the position is. */
  private static double number(TrackField field, TrackPoint point) {
    return switch (field) {
      case POSITION ->
          Math.abs(point.latitude()) <= 90 && Math.abs(point.longitude()) <= 180
              ? point.latitude()
              : Double.NaN;
      case ALTITUDE -> point.altitude();
      case DISTANCE -> point.distance();
      case SPEED -> point.speed();
      case HEART_RATE -> point.heartRate();
      case CADENCE -> point.cadence();
      case POWER -> point.power();
      case GRADE -> point.grade();
      case TEMPERATURE -> point.temperature();
    };
  }
}
