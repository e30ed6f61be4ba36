package io.fitroute.strava.export.streams;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.track.OrderedPoints;
import io.fitroute.fit.track.Track;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The points of the streams as a track.
 *
 * @param start the activity's start
 */
record StreamTrack(Instant start, StreamSet streams, OrderedPoints points) implements Track {

  /** The stream of each field; both have the same name. */
  private static final StreamType[] STREAMS =
      Arrays.stream(TrackField.values())
          .map(field -> StreamType.valueOf(field.name()))
          .toArray(StreamType[]::new);

  @Override
  public int size() {
    return points.size();
  }

  @Override
  public int seconds(int position) {
    return points.seconds(position);
  }

  @Override
  public Set<TrackField> fields() {
    Set<TrackField> fields = EnumSet.allOf(TrackField.class);
    fields.removeIf(field -> !streams.has(STREAMS[field.ordinal()]));
    return fields;
  }

  @Override
  public double value(TrackField field, int position) {
    return streams.value(STREAMS[field.ordinal()], points.index(position));
  }

  @Override
  public boolean isPause(int position) {
    return streams.value(StreamType.MOVING, points.index(position)) == 0;
  }

  @Override
  public double latitude(int position) {
    return streams.latitude(points.index(position));
  }

  @Override
  public double longitude(int position) {
    return streams.longitude(points.index(position));
  }
}
