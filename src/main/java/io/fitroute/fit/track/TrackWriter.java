package io.fitroute.fit.track;

import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.TimerEvent;
import java.io.IOException;
import java.time.Instant;

/** Writes the points of an activity, and between them the starts and stops of its stopwatch. */
public final class TrackWriter {

  private final Track points;
  private final Stopwatch stopwatch;
  private final Instant start;

  /**
   * @param start of the activity
   */
  public TrackWriter(Track points, Stopwatch stopwatch, Instant start) {
    this.points = points;
    this.stopwatch = stopwatch;
    this.start = start;
  }

  /**
   * Writes it, from the first start of the stopwatch to its last stop.
   *
   * @param end of the activity
   * @throws IOException if it cannot be written
   */
  public void writeTo(ActivityFileWriter writer, Instant end) throws IOException {
    boolean lateStart = stopwatch.stoodBefore(0);
    writer.timer(lateStart ? time(0) : start, TimerEvent.START);
    boolean stands = false;
    for (int position = 0; position < points.size(); position++) {
      if (stands && !stopwatch.stoodBefore(position + 1)) {
        writer.timer(time(position), TimerEvent.START);
        stands = false;
      }
      writer.point(points.point(position));
      if (!stands && stopwatch.stoodBefore(position + 1)) {
        writer.timer(time(position), TimerEvent.STOP);
        stands = true;
      }
    }
    writer.timer(end, TimerEvent.STOP_ALL);
  }

  private Instant time(int position) {
    return start.plusSeconds(points.seconds(position));
  }
}
