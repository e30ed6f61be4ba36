package io.fitroute.fit.track;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.TimerEvent;
import java.io.IOException;
import java.time.Instant;

/** Writes the points of an activity and the timer events between them. */
public final class TrackWriter {

  private TrackWriter() {}

  /**
   * Writes all points and events, from the first timer start to the last stop.
   *
   * @param end the activity's end
   * @throws IOException if they cannot be written
   */
  public static void write(
      ActivityFileWriter writer, Track points, Stopwatch stopwatch, Instant end)
      throws IOException {
    boolean lateStart = stopwatch.stoodBefore(0);
    writer.timer(lateStart ? points.time(0) : points.start(), TimerEvent.START);
    boolean stands = false;
    for (int position = 0; position < points.size(); position++) {
      if (stands && !stopwatch.stoodBefore(position + 1)) {
        writer.timer(points.time(position), TimerEvent.START);
        stands = false;
      }
      writer.point(points.point(position));
      if (!stands && stopwatch.stoodBefore(position + 1)) {
        writer.timer(points.time(position), TimerEvent.STOP);
        stands = true;
      }
    }
    writer.timer(end, TimerEvent.STOP_ALL);
  }
}
