package io.fitroute.fit;

import static io.fitroute.fit.BaseType.ENUM;
import static io.fitroute.fit.BaseType.UINT16;
import static io.fitroute.fit.BaseType.UINT32;
import static io.fitroute.fit.BaseType.UINT32Z;
import static io.fitroute.fit.BaseType.UINT8;

import io.fitroute.fit.SummaryField.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The messages of an activity file except its points: each field with its number in FIT's profile,
 * its type, and its value.
 */
final class ActivityMessages {
  private static final int TIMESTAMP = 253;
  private static final int MESSAGE_INDEX = 254;
  private static final double MILLISECONDS = 1000;
  private static final double VERSION_SCALE = 100;

  private static final int FILE_ID = 0;
  private static final int SESSION = 18;
  private static final int LAP = 19;
  private static final int EVENT = 21;
  private static final int DEVICE_INFO = 23;
  private static final int ACTIVITY = 34;
  private static final int FILE_CREATOR = 49;

  private static final int EVENT_TIMER = 0;
  private static final int EVENT_SESSION = 8;
  private static final int EVENT_LAP = 9;
  private static final int EVENT_ACTIVITY = 26;
  private static final int EVENT_TYPE_STOP = 1;
  private static final int TRIGGER_ACTIVITY_END = 0;
  private static final int TYPE_MANUAL = 0;
  private static final int TYPE_MULTISPORT = 1;

  private ActivityMessages() {}

  static FitMessage fileId(FileId fileId) {
    return new Draft(FILE_ID)
        .stored(0, ENUM, FitReport.ACTIVITY)
        .stored(1, UINT16, fileId.manufacturer())
        .stored(2, UINT16, fileId.product())
        .stored(3, UINT32Z, known(fileId.serialNumber()))
        .stored(4, UINT32, FitUnits.timestamp(fileId.created()))
        .text(8, fileId.productName())
        .message();
  }

  static FitMessage fileCreator(double version) {
    return new Draft(FILE_CREATOR).scaled(0, UINT16, VERSION_SCALE, version).message();
  }

  static FitMessage deviceInfo(Device device) {
    return new Draft(DEVICE_INFO)
        .stored(TIMESTAMP, UINT32, FitUnits.timestamp(device.time()))
        .stored(0, UINT8, device.index())
        .stored(2, UINT16, device.manufacturer())
        .stored(3, UINT32Z, known(device.serialNumber()))
        .stored(4, UINT16, device.product())
        .scaled(5, UINT16, VERSION_SCALE, device.softwareVersion().orElse(Double.NaN))
        .text(27, device.productName())
        .message();
  }

  static FitMessage timer(Instant time, TimerEvent timerEvent) {
    int group = 0;
    return new Draft(EVENT)
        .stored(TIMESTAMP, UINT32, FitUnits.timestamp(time))
        .stored(0, ENUM, EVENT_TIMER)
        .stored(1, ENUM, timerEvent.number())
        .stored(4, UINT8, group)
        .message();
  }

  static FitMessage lap(Lap lap, int index) {
    return new Draft(LAP)
        .stored(MESSAGE_INDEX, UINT16, index)
        .stored(TIMESTAMP, UINT32, end(lap.start(), lap.elapsedTime()))
        .stored(0, ENUM, EVENT_LAP)
        .stored(1, ENUM, EVENT_TYPE_STOP)
        .stored(2, UINT32, FitUnits.timestamp(lap.start()))
        .scaled(7, UINT32, MILLISECONDS, lap.elapsedTime())
        .scaled(8, UINT32, MILLISECONDS, lap.timerTime())
        .stored(23, ENUM, lap.intensity().map(Intensity::number).orElse((int) ENUM.invalid()))
        .stored(24, ENUM, lap.trigger().number())
        .stored(25, ENUM, lap.sport().sport())
        .stored(39, ENUM, lap.sport().subSport())
        .summary(Message.LAP, lap.summary())
        .message();
  }

  static FitMessage session(Session session, int index, int firstLap, int laps) {
    return new Draft(SESSION)
        .stored(MESSAGE_INDEX, UINT16, index)
        .stored(TIMESTAMP, UINT32, end(session.start(), session.elapsedTime()))
        .stored(0, ENUM, EVENT_SESSION)
        .stored(1, ENUM, EVENT_TYPE_STOP)
        .stored(2, UINT32, FitUnits.timestamp(session.start()))
        .stored(5, ENUM, session.sport().sport())
        .stored(6, ENUM, session.sport().subSport())
        .scaled(7, UINT32, MILLISECONDS, session.elapsedTime())
        .scaled(8, UINT32, MILLISECONDS, session.timerTime())
        .stored(25, UINT16, firstLap)
        .stored(26, UINT16, laps)
        .stored(28, ENUM, TRIGGER_ACTIVITY_END)
        .summary(Message.SESSION, session.summary())
        .text(110, session.name())
        .message();
  }

  static FitMessage activity(Activity activity, int sessions) {
    long timestamp = FitUnits.timestamp(activity.end());
    return new Draft(ACTIVITY)
        .stored(TIMESTAMP, UINT32, timestamp)
        .scaled(0, UINT32, MILLISECONDS, activity.timerTime())
        .stored(1, UINT16, sessions)
        .stored(2, ENUM, sessions == 1 ? TYPE_MANUAL : TYPE_MULTISPORT)
        .stored(3, ENUM, EVENT_ACTIVITY)
        .stored(4, ENUM, EVENT_TYPE_STOP)
        .stored(
            5,
            UINT32,
            activity
                .offset()
                .map(offset -> timestamp + offset.getTotalSeconds())
                .orElse(UINT32.invalid()))
        .message();
  }

  private static long known(OptionalLong serialNumber) {
    return serialNumber.orElse(UINT32Z.invalid());
  }

  private static long end(Instant start, double elapsedTime) {
    return FitUnits.timestamp(start.plusMillis(Math.round(elapsedTime * MILLISECONDS)));
  }

  /** A message under construction, with its fields in the order in which they are written. */
  private static final class Draft {
    private final MessageLayout.Builder layout;
    private final List<Consumer<FitMessage>> values = new ArrayList<>();

    Draft(int globalNumber) {
      layout = MessageLayout.of(globalNumber);
    }

    Draft stored(int field, BaseType type, long value) {
      layout.field(field, type);
      values.add(message -> message.setStored(field, value));
      return this;
    }

    Draft scaled(int field, BaseType type, double scale, double value) {
      layout.field(field, type, scale, 0);
      values.add(message -> message.set(field, value));
      return this;
    }

    Draft summary(Message kind, Map<SummaryField, Double> summary) {
      SummaryField.addTo(layout, kind);
      values.add(message -> SummaryField.set(message, kind, summary));
      return this;
    }

    /** As long as the text, if there is one. */
    Draft text(int field, Optional<String> text) {
      text.ifPresent(
          value -> {
            layout.text(field, FitMessage.sizeOf(value));
            values.add(message -> message.setText(field, value));
          });
      return this;
    }

    FitMessage message() {
      FitMessage message = new FitMessage(layout.build());
      values.forEach(value -> value.accept(message));
      return message;
    }
  }
}
