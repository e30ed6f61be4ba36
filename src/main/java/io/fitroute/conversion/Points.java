package io.fitroute.conversion;

import io.fitroute.fit.TrackPoint;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of a document as they are read, by segment; those without a time are counted. */
final class Points {

  private List<Segment> segments = new ArrayList<>();
  private List<TrackPoint> segment = new ArrayList<>();
  private Optional<ZoneOffset> offset = Optional.empty();
  private int read;
  private int timeless;

  /** Adds a point to the segment. */
  void add(PointInProgress point) throws CannotConvert {
    read++;
    if (read > DocumentReader.MOST_POINTS) {
      throw new CannotConvert("it has more than %d points".formatted(DocumentReader.MOST_POINTS));
    }
    Optional<TrackPoint> complete = point.point();
    if (complete.isEmpty()) {
      timeless++;
      return;
    }
    segment.add(complete.get());
    if (offset.isEmpty()) {
      offset = point.time().map(OffsetDateTime::getOffset);
    }
  }

  /** The segment is complete. */
  void endSegment() {
    if (!segment.isEmpty()) {
      segments.add(new Segment(List.copyOf(segment)));
      segment = new ArrayList<>();
    }
  }

  /** The segments since this was last asked for. */
  List<Segment> takeSegments() {
    endSegment();
    List<Segment> taken = segments;
    segments = new ArrayList<>();
    return taken;
  }

  /** Whether there were points, but none with a time. */
  boolean hasNoTimes() {
    return timeless > 0 && timeless == read;
  }

  /** How far the times are ahead of UTC, if they are written so. */
  Optional<ZoneOffset> offset() {
    return offset.filter(known -> known.getTotalSeconds() != 0);
  }

  /** What was left out. */
  List<String> notes() {
    return timeless == 0
        ? List.of()
        : List.of(
            "%d of %d points were left out because they have no usable time"
                .formatted(timeless, read));
  }
}
