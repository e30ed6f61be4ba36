package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.time.Instant;
import java.util.Set;

/**
 * The points of an activity in chronological order, numbered from 0. {@link Double#NaN} means
 * unknown.
 */
public interface Track {

  /** The activity's start. */
  Instant start();

  /** The number of points. */
  int size();

  /** Whole seconds from the activity's start to a point. */
  int seconds(int position);

  /** The fields that the points have. */
  Set<TrackField> fields();

  /** The value of a field at a point; not for the position. */
  double value(TrackField field, int position);

  /** The latitude of a point in degrees. */
  double latitude(int position);

  /** The longitude of a point in degrees. */
  double longitude(int position);

  /** Whether the source says that the step that leads to a point was a pause. */
  boolean isPause(int position);

  /** The time of a point. */
  default Instant time(int position) {
    return start().plusSeconds(seconds(position));
  }

  /** A point with all its fields. */
  default TrackPoint point(int position) {
    return new TrackPoint(
        time(position),
        latitude(position),
        longitude(position),
        value(TrackField.ALTITUDE, position),
        value(TrackField.DISTANCE, position),
        value(TrackField.SPEED, position),
        value(TrackField.HEART_RATE, position),
        value(TrackField.CADENCE, position),
        value(TrackField.POWER, position),
        value(TrackField.GRADE, position),
        value(TrackField.TEMPERATURE, position));
  }
}
