package io.fitroute.fit;

import static io.fitroute.fit.BaseType.ENUM;
import static io.fitroute.fit.BaseType.UINT16;
import static io.fitroute.fit.BaseType.UINT32;
import static io.fitroute.fit.BaseType.UINT32Z;
import static io.fitroute.fit.BaseType.UINT8;

import java.time.Instant;
import java.util.Optional;

/** The messages of an activity file, its points apart, in the numbers of FIT's profile. */
final class ActivityMessages {
  private static final int TIMESTAMP = 253;
  private static final int MESSAGE_INDEX = 254;
  private static final double MILLISECONDS = 1000;
  private static final double VERSION_SCALE = 100;

  private static final int EVENT_TIMER = 0;
  private static final int EVENT_SESSION = 8;
  private static final int EVENT_LAP = 9;
  private static final int EVENT_ACTIVITY = 26;
  private static final int EVENT_TYPE_STOP = 1;

  private ActivityMessages() {}

  static FitMessage fileId(FileId fileId) {
    MessageLayout.Builder layout =
        MessageLayout.of(FileIdField.MESSAGE)
            .field(FileIdField.TYPE, ENUM)
            .field(FileIdField.MANUFACTURER, UINT16)
            .field(FileIdField.PRODUCT, UINT16)
            .field(FileIdField.SERIAL_NUMBER, UINT32Z)
            .field(FileIdField.TIME_CREATED, UINT32);
    return withText(layout, FileIdField.PRODUCT_NAME, fileId.productName())
        .setStored(FileIdField.TYPE, FitReport.ACTIVITY)
        .setStored(FileIdField.MANUFACTURER, fileId.manufacturer())
        .setStored(FileIdField.PRODUCT, fileId.product())
        .setStored(FileIdField.SERIAL_NUMBER, fileId.serialNumber().orElse(UINT32Z.invalid()))
        .setStored(FileIdField.TIME_CREATED, FitUnits.timestamp(fileId.created()));
  }

  static FitMessage fileCreator(double version) {
    MessageLayout layout =
        MessageLayout.of(FileCreatorField.MESSAGE)
            .field(FileCreatorField.SOFTWARE_VERSION, UINT16, VERSION_SCALE, 0)
            .build();
    return new FitMessage(layout).set(FileCreatorField.SOFTWARE_VERSION, version);
  }

  static FitMessage deviceInfo(Device device) {
    MessageLayout.Builder layout =
        MessageLayout.of(DeviceInfoField.MESSAGE)
            .field(TIMESTAMP, UINT32)
            .field(DeviceInfoField.DEVICE_INDEX, UINT8)
            .field(DeviceInfoField.MANUFACTURER, UINT16)
            .field(DeviceInfoField.SERIAL_NUMBER, UINT32Z)
            .field(DeviceInfoField.PRODUCT, UINT16)
            .field(DeviceInfoField.SOFTWARE_VERSION, UINT16, VERSION_SCALE, 0);
    return withText(layout, DeviceInfoField.PRODUCT_NAME, device.productName())
        .setStored(TIMESTAMP, FitUnits.timestamp(device.time()))
        .setStored(DeviceInfoField.DEVICE_INDEX, device.index())
        .setStored(DeviceInfoField.MANUFACTURER, device.manufacturer())
        .setStored(DeviceInfoField.SERIAL_NUMBER, device.serialNumber().orElse(UINT32Z.invalid()))
        .setStored(DeviceInfoField.PRODUCT, device.product())
        .set(DeviceInfoField.SOFTWARE_VERSION, device.softwareVersion().orElse(Double.NaN));
  }

  static FitMessage timer(Instant time, TimerEvent timerEvent) {
    return new FitMessage(EventField.LAYOUT)
        .setStored(TIMESTAMP, FitUnits.timestamp(time))
        .setStored(EventField.EVENT, EVENT_TIMER)
        .setStored(EventField.EVENT_TYPE, timerEvent.number())
        .setStored(EventField.EVENT_GROUP, 0);
  }

  static FitMessage lap(Lap lap, int index) {
    FitMessage message =
        new FitMessage(LapField.LAYOUT)
            .setStored(MESSAGE_INDEX, index)
            .setStored(TIMESTAMP, end(lap.start(), lap.elapsedTime()))
            .setStored(LapField.EVENT, EVENT_LAP)
            .setStored(LapField.EVENT_TYPE, EVENT_TYPE_STOP)
            .setStored(LapField.START_TIME, FitUnits.timestamp(lap.start()))
            .set(LapField.TOTAL_ELAPSED_TIME, lap.elapsedTime())
            .set(LapField.TOTAL_TIMER_TIME, lap.timerTime())
            .setStored(LapField.LAP_TRIGGER, lap.trigger().number())
            .setStored(LapField.SPORT, lap.sport().sport())
            .setStored(LapField.SUB_SPORT, lap.sport().subSport());
    SummaryFields.LAP.set(message, lap.summary());
    return message;
  }

  static FitMessage session(Session session, int index, int firstLap, int laps) {
    MessageLayout.Builder layout =
        MessageLayout.of(SessionField.MESSAGE)
            .field(MESSAGE_INDEX, UINT16)
            .field(TIMESTAMP, UINT32)
            .field(SessionField.EVENT, ENUM)
            .field(SessionField.EVENT_TYPE, ENUM)
            .field(SessionField.START_TIME, UINT32)
            .field(SessionField.SPORT, ENUM)
            .field(SessionField.SUB_SPORT, ENUM)
            .field(SessionField.TOTAL_ELAPSED_TIME, UINT32, MILLISECONDS, 0)
            .field(SessionField.TOTAL_TIMER_TIME, UINT32, MILLISECONDS, 0)
            .field(SessionField.FIRST_LAP_INDEX, UINT16)
            .field(SessionField.NUMBER_OF_LAPS, UINT16)
            .field(SessionField.TRIGGER, ENUM);
    FitMessage message =
        withText(
                SummaryFields.SESSION.addTo(layout),
                SessionField.SPORT_PROFILE_NAME,
                session.name())
            .setStored(MESSAGE_INDEX, index)
            .setStored(TIMESTAMP, end(session.start(), session.elapsedTime()))
            .setStored(SessionField.EVENT, EVENT_SESSION)
            .setStored(SessionField.EVENT_TYPE, EVENT_TYPE_STOP)
            .setStored(SessionField.START_TIME, FitUnits.timestamp(session.start()))
            .setStored(SessionField.SPORT, session.sport().sport())
            .setStored(SessionField.SUB_SPORT, session.sport().subSport())
            .set(SessionField.TOTAL_ELAPSED_TIME, session.elapsedTime())
            .set(SessionField.TOTAL_TIMER_TIME, session.timerTime())
            .setStored(SessionField.FIRST_LAP_INDEX, firstLap)
            .setStored(SessionField.NUMBER_OF_LAPS, laps)
            .setStored(SessionField.TRIGGER, SessionField.TRIGGER_ACTIVITY_END);
    SummaryFields.SESSION.set(message, session.summary());
    return message;
  }

  static FitMessage activity(Activity activity, int sessions) {
    long timestamp = FitUnits.timestamp(activity.end());
    MessageLayout.Builder layout =
        MessageLayout.of(ActivityField.MESSAGE)
            .field(TIMESTAMP, UINT32)
            .field(ActivityField.TOTAL_TIMER_TIME, UINT32, MILLISECONDS, 0)
            .field(ActivityField.NUMBER_OF_SESSIONS, UINT16)
            .field(ActivityField.TYPE, ENUM)
            .field(ActivityField.EVENT, ENUM)
            .field(ActivityField.EVENT_TYPE, ENUM)
            .field(ActivityField.LOCAL_TIMESTAMP, UINT32);
    FitMessage message =
        new FitMessage(layout.build())
            .setStored(TIMESTAMP, timestamp)
            .set(ActivityField.TOTAL_TIMER_TIME, activity.timerTime())
            .setStored(ActivityField.NUMBER_OF_SESSIONS, sessions)
            .setStored(
                ActivityField.TYPE,
                sessions == 1 ? ActivityField.TYPE_MANUAL : ActivityField.TYPE_MULTISPORT)
            .setStored(ActivityField.EVENT, EVENT_ACTIVITY)
            .setStored(ActivityField.EVENT_TYPE, EVENT_TYPE_STOP);
    activity
        .offset()
        .ifPresent(
            offset ->
                message.setStored(
                    ActivityField.LOCAL_TIMESTAMP, timestamp + offset.getTotalSeconds()));
    return message;
  }

  /** A message that ends in a text, as long as the text is, where there is one. */
  private static FitMessage withText(
      MessageLayout.Builder layout, int field, Optional<String> text) {
    text.ifPresent(value -> layout.text(field, FitMessage.sizeOf(value)));
    FitMessage message = new FitMessage(layout.build());
    text.ifPresent(value -> message.setText(field, value));
    return message;
  }

  private static long end(Instant start, double elapsedTime) {
    return FitUnits.timestamp(start.plusMillis(Math.round(elapsedTime * MILLISECONDS)));
  }

  private static final class FileIdField {
    static final int MESSAGE = 0;
    static final int TYPE = 0;
    static final int MANUFACTURER = 1;
    static final int PRODUCT = 2;
    static final int SERIAL_NUMBER = 3;
    static final int TIME_CREATED = 4;
    static final int PRODUCT_NAME = 8;

    private FileIdField() {}
  }

  private static final class FileCreatorField {
    static final int MESSAGE = 49;
    static final int SOFTWARE_VERSION = 0;

    private FileCreatorField() {}
  }

  private static final class DeviceInfoField {
    static final int MESSAGE = 23;
    static final int DEVICE_INDEX = 0;
    static final int MANUFACTURER = 2;
    static final int SERIAL_NUMBER = 3;
    static final int PRODUCT = 4;
    static final int SOFTWARE_VERSION = 5;
    static final int PRODUCT_NAME = 27;

    private DeviceInfoField() {}
  }

  private static final class EventField {
    static final int MESSAGE = 21;
    static final int EVENT = 0;
    static final int EVENT_TYPE = 1;
    static final int EVENT_GROUP = 4;

    static final MessageLayout LAYOUT =
        MessageLayout.of(MESSAGE)
            .field(TIMESTAMP, UINT32)
            .field(EVENT, ENUM)
            .field(EVENT_TYPE, ENUM)
            .field(EVENT_GROUP, UINT8)
            .build();

    private EventField() {}
  }

  private static final class LapField {
    static final int MESSAGE = 19;
    static final int EVENT = 0;
    static final int EVENT_TYPE = 1;
    static final int START_TIME = 2;
    static final int TOTAL_ELAPSED_TIME = 7;
    static final int TOTAL_TIMER_TIME = 8;
    static final int LAP_TRIGGER = 24;
    static final int SPORT = 25;
    static final int SUB_SPORT = 39;

    static final MessageLayout LAYOUT =
        SummaryFields.LAP
            .addTo(
                MessageLayout.of(MESSAGE)
                    .field(MESSAGE_INDEX, UINT16)
                    .field(TIMESTAMP, UINT32)
                    .field(EVENT, ENUM)
                    .field(EVENT_TYPE, ENUM)
                    .field(START_TIME, UINT32)
                    .field(TOTAL_ELAPSED_TIME, UINT32, MILLISECONDS, 0)
                    .field(TOTAL_TIMER_TIME, UINT32, MILLISECONDS, 0)
                    .field(LAP_TRIGGER, ENUM)
                    .field(SPORT, ENUM)
                    .field(SUB_SPORT, ENUM))
            .build();

    private LapField() {}
  }

  private static final class SessionField {
    static final int MESSAGE = 18;
    static final int EVENT = 0;
    static final int EVENT_TYPE = 1;
    static final int START_TIME = 2;
    static final int SPORT = 5;
    static final int SUB_SPORT = 6;
    static final int TOTAL_ELAPSED_TIME = 7;
    static final int TOTAL_TIMER_TIME = 8;
    static final int FIRST_LAP_INDEX = 25;
    static final int NUMBER_OF_LAPS = 26;
    static final int TRIGGER = 28;
    static final int TRIGGER_ACTIVITY_END = 0;
    static final int SPORT_PROFILE_NAME = 110;

    private SessionField() {}
  }

  private static final class ActivityField {
    static final int MESSAGE = 34;
    static final int TOTAL_TIMER_TIME = 0;
    static final int NUMBER_OF_SESSIONS = 1;
    static final int TYPE = 2;
    static final int TYPE_MANUAL = 0;
    static final int TYPE_MULTISPORT = 1;
    static final int EVENT = 3;
    static final int EVENT_TYPE = 4;
    static final int LOCAL_TIMESTAMP = 5;

    private ActivityField() {}
  }
}
