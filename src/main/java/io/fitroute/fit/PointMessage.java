package io.fitroute.fit;

import static io.fitroute.fit.BaseType.SINT16;
import static io.fitroute.fit.BaseType.SINT32;
import static io.fitroute.fit.BaseType.SINT8;
import static io.fitroute.fit.BaseType.UINT16;
import static io.fitroute.fit.BaseType.UINT32;
import static io.fitroute.fit.BaseType.UINT8;

import java.util.Set;

/** FIT's record message with the fields that an activity has; reused for every point. */
final class PointMessage {
  private static final int RECORD = 20;
  private static final int TIMESTAMP = 253;
  private static final int LATITUDE = 0;
  private static final int LONGITUDE = 1;
  private static final int HEART_RATE = 3;
  private static final CadenceFields CADENCE = new CadenceFields(4, 53);
  private static final int DISTANCE = 5;
  private static final int POWER = 7;
  private static final int GRADE = 9;
  private static final int TEMPERATURE = 13;
  private static final int ENHANCED_SPEED = 73;
  private static final int ENHANCED_ALTITUDE = 78;

  private final TrackField[] fields;
  private final FitMessage message;

  PointMessage(Set<TrackField> fields) {
    this.fields = fields.stream().sorted().toArray(TrackField[]::new);
    MessageLayout.Builder layout = MessageLayout.of(RECORD).field(TIMESTAMP, UINT32);
    for (TrackField field : this.fields) {
      add(field, layout);
    }
    message = new FitMessage(layout.build());
  }

  /** The message of a point, valid until the next call. */
  FitMessage of(TrackPoint point, long timestamp) {
    message.clear().setStored(TIMESTAMP, timestamp);
    for (TrackField field : fields) {
      set(field, point);
    }
    return message;
  }

  private static void add(TrackField field, MessageLayout.Builder layout) {
    switch (field) {
      case POSITION -> layout.field(LATITUDE, SINT32).field(LONGITUDE, SINT32);
      case ALTITUDE -> layout.field(ENHANCED_ALTITUDE, UINT32, 5, 500);
      case DISTANCE -> layout.field(DISTANCE, UINT32, 100, 0);
      case SPEED -> layout.field(ENHANCED_SPEED, UINT32, 1000, 0);
      case HEART_RATE -> layout.field(HEART_RATE, UINT8);
      case CADENCE -> CADENCE.addTo(layout);
      case POWER -> layout.field(POWER, UINT16);
      case GRADE -> layout.field(GRADE, SINT16, 100, 0);
      case TEMPERATURE -> layout.field(TEMPERATURE, SINT8);
    }
  }

  private void set(TrackField field, TrackPoint point) {
    switch (field) {
      case POSITION -> setPosition(point.latitude(), point.longitude());
      case ALTITUDE -> message.set(ENHANCED_ALTITUDE, point.altitude());
      case DISTANCE -> message.set(DISTANCE, point.distance());
      case SPEED -> message.set(ENHANCED_SPEED, point.speed());
      case HEART_RATE -> message.set(HEART_RATE, point.heartRate());
      case CADENCE -> CADENCE.set(message, point.cadence());
      case POWER -> message.set(POWER, point.power());
      case GRADE -> message.set(GRADE, point.grade());
      case TEMPERATURE -> message.set(TEMPERATURE, point.temperature());
    }
  }

  private void setPosition(double latitude, double longitude) {
    int north = FitUnits.latitude(latitude);
    int east = FitUnits.longitude(longitude);
    if (SINT32.holds(north) && SINT32.holds(east)) {
      message.setStored(LATITUDE, north).setStored(LONGITUDE, east);
    }
  }
}
