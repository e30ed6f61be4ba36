package io.fitroute.strava.export.streams;

import java.util.Arrays;
import java.util.Optional;

/** The types of streams, with their keys in Strava's API. */
public enum StreamType {
  /** Seconds since the activity's start. */
  TIME("time"),
  /** Metres since the activity's start. */
  DISTANCE("distance"),
  /** Degrees north and degrees east. */
  POSITION("latlng"),
  /** Metres above sea level. */
  ALTITUDE("altitude"),
  /** Metres per second. */
  SPEED("velocity_smooth"),
  /** Beats per minute. */
  HEART_RATE("heartrate"),
  /** Crank revolutions, or steps of one leg, per minute. */
  CADENCE("cadence"),
  /** Watts. */
  POWER("watts"),
  /** Degrees Celsius. */
  TEMPERATURE("temp"),
  /** Whether the athlete was moving. */
  MOVING("moving"),
  /** Slope in per cent. */
  GRADE("grade_smooth");

  private final String key;

  StreamType(String key) {
    this.key = key;
  }

  /** The key in the API. */
  public String key() {
    return key;
  }

  static Optional<StreamType> of(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }
}
