package io.fitroute.fit;

import static io.fitroute.fit.BaseType.SINT32;
import static io.fitroute.fit.BaseType.SINT8;
import static io.fitroute.fit.BaseType.UINT16;
import static io.fitroute.fit.BaseType.UINT32;
import static io.fitroute.fit.BaseType.UINT8;

import java.util.Map;

/**
 * The totals and averages of a lap or session. A field that is missing, {@link Double#NaN}, or out
 * of FIT's range is written as unknown.
 */
public enum SummaryField {
  /** The latitude of the first position in degrees. */
  START_LATITUDE(3, 3, SINT32, 1),
  /** The longitude of the first position in degrees. */
  START_LONGITUDE(4, 4, SINT32, 1),
  /** Metres; FIT stores 0.01 m. */
  DISTANCE(9, 9, UINT32, 100),
  /** Crank revolutions, or steps of one leg. */
  CYCLES(10, 10, UINT32, 1),
  /** Kilocalories, 0 to 65,534. */
  CALORIES(11, 11, UINT16, 1),
  /** Metres per second; FIT stores 0.001 m/s. */
  AVERAGE_SPEED(110, 124, UINT32, 1000),
  /** Metres per second; FIT stores 0.001 m/s. */
  MAXIMUM_SPEED(111, 125, UINT32, 1000),
  /** Metres. */
  ASCENT(21, 22, UINT16, 1),
  /** Metres. */
  DESCENT(22, 23, UINT16, 1),
  /** Beats per minute, 0 to 254. */
  AVERAGE_HEART_RATE(15, 16, UINT8, 1),
  /** Beats per minute, 0 to 254. */
  MAXIMUM_HEART_RATE(16, 17, UINT8, 1),
  /** Crank revolutions, or steps of one leg, per minute, 0 to 254; FIT stores 1/128. */
  AVERAGE_CADENCE(new CadenceFields(17, 80), new CadenceFields(18, 92)),
  /** Crank revolutions, or steps of one leg, per minute, 0 to 254; FIT stores 1/128. */
  MAXIMUM_CADENCE(new CadenceFields(18, 81), new CadenceFields(19, 93)),
  /** Watts, 0 to 65,534. */
  AVERAGE_POWER(19, 20, UINT16, 1),
  /** Watts, 0 to 65,534. */
  MAXIMUM_POWER(20, 21, UINT16, 1),
  /** Degrees Celsius, -128 to 126. */
  AVERAGE_TEMPERATURE(50, 57, SINT8, 1),
  /** Degrees Celsius, -128 to 126. */
  MAXIMUM_TEMPERATURE(51, 58, SINT8, 1);

  private final int[] numbers;
  private final CadenceFields[] cadences;
  private final BaseType type;
  private final double scale;

  SummaryField(int ofLap, int ofSession, BaseType type, double scale) {
    this.numbers = new int[] {ofLap, ofSession};
    this.cadences = new CadenceFields[0];
    this.type = type;
    this.scale = scale;
  }

  SummaryField(CadenceFields ofLap, CadenceFields ofSession) {
    this.numbers = new int[0];
    this.cadences = new CadenceFields[] {ofLap, ofSession};
    this.type = UINT8;
    this.scale = 1;
  }

  /** The messages with these fields, each with its own field numbers. */
  enum Message {
    LAP,
    SESSION
  }

  /** Adds all fields. */
  static MessageLayout.Builder addTo(MessageLayout.Builder layout, Message message) {
    for (SummaryField field : values()) {
      if (field.numbers.length == 0) {
        field.cadences[message.ordinal()].addTo(layout);
      } else {
        layout.field(field.numbers[message.ordinal()], field.type, field.scale, 0);
      }
    }
    return layout;
  }

  static void set(FitMessage target, Message message, Map<SummaryField, Double> summary) {
    summary.forEach((field, value) -> field.set(target, message.ordinal(), value));
  }

  private void set(FitMessage target, int message, double value) {
    switch (this) {
      case AVERAGE_CADENCE, MAXIMUM_CADENCE -> cadences[message].set(target, value);
      case START_LATITUDE -> target.setStored(numbers[message], FitUnits.latitude(value));
      case START_LONGITUDE -> target.setStored(numbers[message], FitUnits.longitude(value));
      default -> target.set(numbers[message], value);
    }
  }
}
