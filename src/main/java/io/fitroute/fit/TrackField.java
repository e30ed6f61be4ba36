package io.fitroute.fit;

/** What the points of an activity can tell besides their time. */
public enum TrackField {
  POSITION,
  ALTITUDE,
  DISTANCE,
  SPEED,
  HEART_RATE,
  CADENCE,
  POWER,
  GRADE,
  TEMPERATURE
}
