package io.fitroute.fit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * Writes an activity as a FIT file: points and events as they come, then laps, then the session
 * they belong to, then the activity as a whole. Its memory does not grow with the file.
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
 * A file is valid only after {@link #finish}; closed without, every reader refuses it. Times that
 * FIT cannot express are refused with an {@link IllegalArgumentException}; any other value that it
 * cannot hold is written as not known.
 *
 * <p>Messages follow Garmin's description of the activity file. Speeds and altitudes are written in
 * their "enhanced" fields only, the ones that current devices write.
 *
 * <p>Not for several threads at once.
 */
public final class ActivityFileWriter implements Closeable {
  private final FitWriter writer;
  private final PointMessage pointMessage;
  private long lastPoint;
  private int laps;
  private int firstLapOfSession;
  private int sessions;

  /**
   * Starts an activity on a writer to which nothing was written yet, and closes that writer in the
   * end.
   *
   * @param fields what the points tell; anything else of a point is not written
   * @throws IOException when it cannot be written
   */
  public ActivityFileWriter(FitWriter writer, FileId fileId, Set<TrackField> fields)
      throws IOException {
    this.writer = writer;
    this.pointMessage = new PointMessage(fields);
    writer.write(ActivityMessages.fileId(fileId));
  }

  /**
   * Starts an activity in a file, which is created, or emptied when it exists.
   *
   * @param fields what the points tell; anything else of a point is not written
   * @throws IOException when it cannot be written
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
   * Says which version of the software made the file.
   *
   * @param softwareVersion with two digits behind the point, e.g. 2.11
   * @throws IOException when it cannot be written
   */
  public void creator(double softwareVersion) throws IOException {
    writer.write(ActivityMessages.fileCreator(softwareVersion));
  }

  /**
   * Names a device that took part.
   *
   * @throws IOException when it cannot be written
   */
  public void device(Device device) throws IOException {
    writer.write(ActivityMessages.deviceInfo(device));
  }

  /**
   * Says that the stopwatch was started or stopped. An activity starts with {@link
   * TimerEvent#START}, ends with {@link TimerEvent#STOP_ALL}, and has {@link TimerEvent#STOP} and
   * {@link TimerEvent#START} around each pause.
   *
   * @throws IOException when it cannot be written
   */
  public void timer(Instant time, TimerEvent event) throws IOException {
    writer.write(ActivityMessages.timer(time, event));
  }

  /**
   * Adds a point.
   *
   * @throws IOException when it cannot be written
   * @throws IllegalArgumentException when its time is before that of the point before
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
   * Adds a lap of the session that comes next.
   *
   * @throws IOException when it cannot be written
   */
  public void lap(Lap lap) throws IOException {
    writer.write(ActivityMessages.lap(lap, laps));
    laps++;
  }

  /**
   * Adds the session to which the laps since the last session belong.
   *
   * @throws IOException when it cannot be written
   * @throws IllegalStateException when there is no such lap: FIT wants one at least
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
   * @throws IOException when it cannot be written
   * @throws IllegalStateException when there was no session, or laps belong to none
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

  /** Closes the file. Without {@link #finish} before, it is not a valid FIT file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
