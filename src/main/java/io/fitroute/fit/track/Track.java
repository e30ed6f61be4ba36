package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.time.Instant;
import java.util.Set;

/**
 * The points of an activity in the order of their times, each at a position from 0 on. {@link
 * Double#NaN} is what is not known.
 */
public interface Track {

  /** When the activity began. */
  Instant start();

  /** How many points there are. */
  int size();

  /** Whole seconds from the activity's start to a point. */
  int seconds(int position);

  /** What the points tell. */
  Set<TrackField> fields();

  /** One number of a point, other than its place on the earth. */
  double value(TrackField field, int position);

  /** Degrees north of a point. */
  double latitude(int position);

  /** Degrees east of a point. */
  double longitude(int position);

  /** Whether the source says that the step that leads to a point was a pause. */
  boolean isPause(int position);

  /** When a point was reached. */
  default Instant time(int position) {
    return start().plusSeconds(seconds(position));
  }

  /** A point as a whole. */
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
