package io.fitroute.fit.track;

import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.util.Set;

/** The points of an activity in the order of their times. */
public interface Track {

  /** How many points there are. */
  int size();

  /** Whole seconds from the activity's start to the point at a position. */
  int seconds(int position);

  /** The point at a position. */
  TrackPoint point(int position);

  /**
   * One number of the point at a position; {@link Double#NaN} where it is not known. A position on
   * the earth is two numbers, and only in the {@link #point}.
   */
  double value(TrackField field, int position);

  /** Whether the source says that the step that leads to a point was a pause. */
  boolean isPause(int position);

  /** What the points tell. */
  Set<TrackField> fields();
}
