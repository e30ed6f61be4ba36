package io.fitroute.fit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * Writes an activity as a FIT file: points and events in order, then laps, then the session they
 * belong to, then the activity as a whole. Memory use does not grow with the file.
 *
 * <pre>{@code
 * try (ActivityFileWriter writer = ActivityFileWriter.create(file, fileId, EnumSet.of(POSITION, HEART_RATE))) {
 *   writer.creator(1.02);
 *   writer.device(device);
 *   writer.timer(start, TimerEvent.START);
 *   for (TrackPoint point : points) {
 *     writer.point(point);
 *   }
 *   writer.timer(end, TimerEvent.STOP_ALL);
 *   writer.lap(lap);
 *   writer.session(session);
 *   writer.finish(activity);
 * }
 * }</pre>
 *
 * A file is valid only after {@link #finish}; every reader refuses one closed without it. Times
 * that FIT cannot represent are refused with an {@link IllegalArgumentException}; other values that
 * it cannot represent are written as unknown.
 *
 * <p>Messages follow Garmin's specification of the activity file. Speeds and altitudes use only the
 * "enhanced" fields, as current devices do.
 *
 * <p>Not thread-safe.
 */
public final class ActivityFileWriter implements Closeable {
  private final FitWriter writer;
  private final PointMessage pointMessage;
  private long lastPoint;
  private int laps;
  private int firstLapOfSession;
  private int sessions;

  /**
   * Starts an activity on a new writer, which is closed with this one.
   *
   * @param fields the fields of the points; others are not written
   * @throws IOException if writing fails
   */
  public ActivityFileWriter(FitWriter writer, FileId fileId, Set<TrackField> fields)
      throws IOException {
    this.writer = writer;
    this.pointMessage = new PointMessage(fields);
    writer.write(ActivityMessages.fileId(fileId));
  }

  /**
   * Starts an activity in a file, replacing an existing one.
   *
   * @param fields the fields of the points; others are not written
   * @throws IOException if writing fails
   */
  public static ActivityFileWriter create(Path file, FileId fileId, Set<TrackField> fields)
      throws IOException {
    FitWriter writer = FitWriter.create(file);
    try {
      return new ActivityFileWriter(writer, fileId, fields);
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Records the version of the software that creates the file.
   *
   * @param softwareVersion with two decimal digits, e.g. 2.11
   * @throws IOException if writing fails
   */
  public void creator(double softwareVersion) throws IOException {
    writer.write(ActivityMessages.fileCreator(softwareVersion));
  }

  /**
   * Adds a participating device.
   *
   * @throws IOException if writing fails
   */
  public void device(Device device) throws IOException {
    writer.write(ActivityMessages.deviceInfo(device));
  }

  /**
   * Records a start or stop of the timer. An activity starts with {@link TimerEvent#START}, ends
   * with {@link TimerEvent#STOP_ALL}, and has {@link TimerEvent#STOP} and {@link TimerEvent#START}
   * around each pause.
   *
   * @throws IOException if writing fails
   */
  public void timer(Instant time, TimerEvent event) throws IOException {
    writer.write(ActivityMessages.timer(time, event));
  }

  /**
   * Adds a point.
   *
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if it is earlier than the point before
   */
  public void point(TrackPoint point) throws IOException {
    long timestamp = FitUnits.timestamp(point.time());
    if (timestamp < lastPoint) {
      throw new IllegalArgumentException(
          "a point at %s cannot follow one at %s"
              .formatted(point.time(), FitUnits.instant(lastPoint)));
    }
    lastPoint = timestamp;
    writer.write(pointMessage.of(point, timestamp));
  }

  /**
   * Adds a lap of the next session.
   *
   * @throws IOException if writing fails
   */
  public void lap(Lap lap) throws IOException {
    writer.write(ActivityMessages.lap(lap, laps));
    laps++;
  }

  /**
   * Adds the session of the laps since the last session.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException if there is no such lap; FIT requires one
   */
  public void session(Session session) throws IOException {
    int lapsOfSession = laps - firstLapOfSession;
    if (lapsOfSession == 0) {
      throw new IllegalStateException("a session needs at least one lap before it");
    }
    writer.write(ActivityMessages.session(session, sessions, firstLapOfSession, lapsOfSession));
    sessions++;
    firstLapOfSession = laps;
  }

  /**
   * Writes the activity as a whole and completes the file.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException if there was no session, or laps belong to none
   */
  public void finish(Activity activity) throws IOException {
    if (sessions == 0 || laps != firstLapOfSession) {
      throw new IllegalStateException(
          "an activity needs at least one session, and a session after its last lap: %d sessions, %d laps behind the last"
              .formatted(sessions, laps - firstLapOfSession));
    }
    writer.write(ActivityMessages.activity(activity, sessions));
    writer.finish();
  }

  /** Closes the file, which is not valid FIT unless {@link #finish} was called. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
