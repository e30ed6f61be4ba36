package io.fitroute.fit;

import static io.fitroute.fit.BaseType.UINT16;
import static io.fitroute.fit.BaseType.UINT32;
import static io.fitroute.fit.BaseType.UINT8;

/**
 * The numbers under which a message has the fields of a {@link Summary}: the same fields in laps
 * and in sessions.
 */
record SummaryFields(
    int distance,
    int averageSpeed,
    int maximumSpeed,
    int ascent,
    int descent,
    int averageHeartRate,
    int maximumHeartRate,
    CadenceFields averageCadence,
    CadenceFields maximumCadence,
    int averagePower,
    int maximumPower,
    int calories) {
  static final SummaryFields LAP =
      new SummaryFields(
          9,
          110,
          111,
          21,
          22,
          15,
          16,
          new CadenceFields(17, 80),
          new CadenceFields(18, 81),
          19,
          20,
          11);
  static final SummaryFields SESSION =
      new SummaryFields(
          9,
          124,
          125,
          22,
          23,
          16,
          17,
          new CadenceFields(18, 92),
          new CadenceFields(19, 93),
          20,
          21,
          11);

  MessageLayout.Builder addTo(MessageLayout.Builder layout) {
    layout
        .field(distance, UINT32, 100, 0)
        .field(averageSpeed, UINT32, 1000, 0)
        .field(maximumSpeed, UINT32, 1000, 0)
        .field(ascent, UINT16)
        .field(descent, UINT16)
        .field(averageHeartRate, UINT8)
        .field(maximumHeartRate, UINT8);
    averageCadence.addTo(layout);
    maximumCadence.addTo(layout);
    return layout.field(averagePower, UINT16).field(maximumPower, UINT16).field(calories, UINT16);
  }

  void set(FitMessage message, Summary summary) {
    message
        .set(distance, summary.distance())
        .set(averageSpeed, summary.averageSpeed())
        .set(maximumSpeed, summary.maximumSpeed())
        .set(ascent, summary.ascent())
        .set(descent, summary.descent())
        .set(averageHeartRate, summary.averageHeartRate())
        .set(maximumHeartRate, summary.maximumHeartRate())
        .set(averagePower, summary.averagePower())
        .set(maximumPower, summary.maximumPower())
        .set(calories, summary.calories());
    averageCadence.set(message, summary.averageCadence());
    maximumCadence.set(message, summary.maximumCadence());
  }
}
