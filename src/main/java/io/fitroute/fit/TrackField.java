package io.fitroute.fit;

/** The fields of a point besides its time. */
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
