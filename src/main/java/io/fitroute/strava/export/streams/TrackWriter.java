package io.fitroute.strava.export.streams;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.TimerEvent;
import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Writes the points of an activity with the start and stop events of its timer. */
final class TrackWriter {

  private final SynthesisedActivity activity;
  private final StreamSet streams;
  private final OrderedPoints points;
  private final Stopwatch stopwatch;

  TrackWriter(SynthesisedActivity activity) {
    this.activity = activity;
    this.streams = activity.streams();
    this.points = activity.points();
    this.stopwatch = activity.stopwatch();
  }

  /** The fields of the points; each is named like its stream. */
  static Set<TrackField> fields(StreamSet streams) {
    Set<TrackField> fields = EnumSet.allOf(TrackField.class);
    fields.removeIf(field -> !streams.has(StreamType.valueOf(field.name())));
    return fields;
  }

  /** Writes them, from the first start event to the last stop event. */
  void writeTo(ActivityFileWriter writer) throws IOException {
    boolean lateStart = stopwatch.stoodBefore(0);
    writer.timer(lateStart ? activity.time(0) : activity.start(), TimerEvent.START);
    boolean stands = false;
    for (int position = 0; position < points.size(); position++) {
      if (stands && !stopwatch.stoodBefore(position + 1)) {
        writer.timer(activity.time(position), TimerEvent.START);
        stands = false;
      }
      writer.point(point(position));
      if (!stands && stopwatch.stoodBefore(position + 1)) {
        writer.timer(activity.time(position), TimerEvent.STOP);
        stands = true;
      }
    }
    writer.timer(activity.end(), TimerEvent.STOP_ALL);
  }

  private TrackPoint point(int position) {
    int index = points.index(position);
    return new TrackPoint(
        activity.time(position),
        streams.latitude(index),
        streams.longitude(index),
        streams.value(StreamType.ALTITUDE, index),
        streams.value(StreamType.DISTANCE, index),
        streams.value(StreamType.SPEED, index),
        streams.value(StreamType.HEART_RATE, index),
        streams.value(StreamType.CADENCE, index),
        streams.value(StreamType.POWER, index),
        streams.value(StreamType.GRADE, index),
        streams.value(StreamType.TEMPERATURE, index));
  }
}
