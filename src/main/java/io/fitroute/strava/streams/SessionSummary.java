package io.fitroute.strava.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Summary;
import java.io.IOException;
import java.util.List;

/**
 * The laps and the session of an activity. The session is summed up as Strava does it where the
 * details say so, else by the points. Times and distances of the laps add up to the session's.
 */
final class SessionSummary {

  private static final double CENTIMETRES = 100;
  private static final double METRES = 1;

  private final SynthesisedActivity activity;
  private final ActivityDetails details;
  private final StreamSet streams;
  private final OrderedPoints points;
  private final List<LapSpan> laps;
  private final double[] timerTimes;
  private final Shares distance;
  private final Shares ascent;

  SessionSummary(SynthesisedActivity activity) {
    this.activity = activity;
    this.details = activity.details();
    this.streams = activity.streams();
    this.points = activity.points();
    this.laps = LapSpan.of(activity);
    this.timerTimes = LapSpan.timerTimes(laps, activity.timerTime());
    double[] way = streams.has(StreamType.DISTANCE) ? wayOfPoints() : sumsOfStravasLaps("distance");
    this.distance = Shares.of(way, details.positive("distance").orElse(Double.NaN), CENTIMETRES);
    String climbed = "total_elevation_gain";
    this.ascent = Shares.of(sumsOfStravasLaps(climbed), details.number(climbed), METRES);
  }

  /** Metres from the activity's start to the end of each lap, by the points. */
  private double[] wayOfPoints() {
    double[] way = new double[laps.size()];
    double metres = 0;
    int position = 0;
    for (int lap = 0; lap < way.length; lap++) {
      // the first point of the next lap is where this one ends
      int end = Math.min(laps.get(lap).end(), points.size() - 1);
      for (; position <= end; position++) {
        double found = streams.value(StreamType.DISTANCE, points.index(position));
        metres = found > metres ? found : metres;
      }
      way[lap] = metres;
    }
    return way;
  }

  /** What a field of Strava's laps adds up to at the end of each of ours. */
  private double[] sumsOfStravasLaps(String field) {
    List<JsonNode> found = details.laps();
    double[] sums = new double[laps.size()];
    double sum = 0;
    int next = 0;
    for (int lap = 0; lap < sums.length; lap++) {
      for (; next < laps.get(lap).stravasEnd(); next++) {
        sum += ActivityDetails.number(found.get(next), field);
      }
      sums[lap] = sum;
    }
    return sums;
  }

  /** Writes the laps, and then the session that they make up. */
  void writeTo(ActivityFileWriter writer) throws IOException {
    for (int number = 0; number < laps.size(); number++) {
      writer.lap(lap(number));
    }
    writer.session(session());
  }

  private Lap lap(int number) {
    LapSpan span = laps.get(number);
    Summary.Builder summary = measured(span.first(), span.end());
    double metres = distance.parts()[number];
    double fastest =
        Measured.of(streams, StreamType.SPEED, points, span.first(), span.end()).maximum();
    return new Lap(
        activity.start().plusSeconds(span.startSeconds()),
        span.elapsed(),
        timerTimes[number],
        number == laps.size() - 1 ? LapTrigger.SESSION_END : LapTrigger.MANUAL,
        activity.sport(),
        summary
            .distance(metres)
            .ascent(ascent.parts()[number])
            .speed(speed(metres, timerTimes[number]), fastest)
            .build());
  }

  private Summary.Builder measured(int from, int to) {
    Measured heartRate = Measured.of(streams, StreamType.HEART_RATE, points, from, to);
    Measured cadence = Measured.of(streams, StreamType.CADENCE, points, from, to);
    Measured power = Measured.of(streams, StreamType.POWER, points, from, to);
    return Summary.builder()
        .heartRate(heartRate.average(), heartRate.maximum())
        .cadence(cadence.average(), cadence.maximum())
        .power(power.average(), power.maximum());
  }

  private Session session() {
    double running = activity.timerTime();
    double fastest = told(StreamType.SPEED, "average_speed", "max_speed").maximum();
    double average = details.positive("average_speed").orElse(speed(distance.total(), running));
    Measured heartRate = told(StreamType.HEART_RATE, "average_heartrate", "max_heartrate");
    Measured cadence = told(StreamType.CADENCE, "average_cadence", "max_cadence");
    Measured power = told(StreamType.POWER, "average_watts", "max_watts");
    Summary summary =
        Summary.builder()
            .distance(distance.total())
            .ascent(ascent.total())
            .speed(average, fastest)
            .heartRate(heartRate.average(), heartRate.maximum())
            .cadence(cadence.average(), cadence.maximum())
            .power(power.average(), power.maximum())
            .calories(details.number("calories"))
            .build();
    return new Session(
        activity.start(), activity.elapsed(), running, activity.sport(), details.name(), summary);
  }

  private Measured told(StreamType type, String average, String maximum) {
    Measured measured = Measured.of(streams, type, points, 0, points.size());
    return new Measured(
        details.positive(average).orElse(measured.average()),
        details.positive(maximum).orElse(measured.maximum()));
  }

  private static double speed(double metres, double seconds) {
    return seconds > 0 ? metres / seconds : Double.NaN;
  }
}
