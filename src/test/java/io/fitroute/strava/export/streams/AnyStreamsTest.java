package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.EventMesg;
import com.garmin.fit.EventType;
import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.Mesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import io.fitroute.fit.FitUnits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any streams that are written and read by Garmin's SDK are the same within FIT's resolution. */
class AnyStreamsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double SEMICIRCLE = 180 / 0x1p31;
  private static final double UNKNOWN = Double.NaN;

  /**
   * The measurements of a point; NaN stands for null.
   *
   * @param step seconds since the previous point
   */
  record Point(int step, Map<StreamType, Double> values, double latitude, double longitude) {}

  record Case(
      Instant start,
      Set<StreamType> types,
      List<Point> points,
      List<Integer> lapStarts,
      int tail,
      double movingShare,
      boolean asList) {

    List<Long> seconds() {
      List<Long> seconds = new ArrayList<>();
      long at = 0;
      for (Point point : points) {
        at += point.step();
        seconds.add(at);
      }
      return seconds;
    }

    long elapsed() {
      return seconds().get(points.size() - 1) + tail;
    }

    ObjectNode details() {
      ObjectNode details =
          Samples.details()
              .put("start_date", start.toString())
              .put("start_date_local", start.toString())
              .put("elapsed_time", elapsed());
      if (!Double.isNaN(movingShare)) {
        details.put("moving_time", Math.round(movingShare * elapsed())).put("distance", 1234.5);
      }
      ArrayNode laps = details.putArray("laps");
      lapStarts.forEach(index -> laps.addObject().put("start_index", index).put("distance", 100.0));
      return details;
    }

    String streams() {
      ObjectNode byType = JSON.createObjectNode();
      ArrayNode list = JSON.createArrayNode();
      for (StreamType type : types) {
        ArrayNode data = JSON.createArrayNode();
        for (int i = 0; i < points.size(); i++) {
          add(data, type, i);
        }
        ObjectNode stream = JSON.createObjectNode().set("data", data);
        list.add(stream.deepCopy().put("type", type.key()));
        byType.set(type.key(), stream);
      }
      return asList ? list.toString() : byType.toString();
    }

    private void add(ArrayNode data, StreamType type, int index) {
      Point point = points.get(index);
      double value = point.values().getOrDefault(type, UNKNOWN);
      switch (type) {
        case TIME -> data.add(seconds().get(index));
        case POSITION -> {
          if (Double.isNaN(point.latitude())) {
            data.addNull();
          } else {
            data.addArray().add(point.latitude()).add(point.longitude());
          }
        }
        case MOVING -> data.add(value > 0);
        default -> {
          if (Double.isNaN(value)) {
            data.addNull();
          } else if (value == Math.rint(value)) {
            data.add((long) value);
          } else {
            data.add(value);
          }
        }
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatStravaTellsIsInTheFile(@ForAll("cases") Case given) throws Exception {
    FitMessages messages = Samples.made(given.details(), given.streams());

    assertPoints(messages.getRecordMesgs(), given);
    assertSums(messages, given);
    assertStopwatch(messages.getEventMesgs());
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Instant> starts =
        Arbitraries.longs()
            .between(
                Instant.parse("1999-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("2099-12-31T23:59:59Z").getEpochSecond())
            .map(Instant::ofEpochSecond);
    Arbitrary<Set<StreamType>> types =
        Arbitraries.of(StreamType.class)
            .set()
            .map(
                chosen -> {
                  chosen.add(StreamType.TIME);
                  return chosen;
                });
    return Combinators.combine(
            starts,
            types,
            points().list().ofMinSize(1).ofMaxSize(40),
            Arbitraries.integers().between(-2, 45).list().ofMaxSize(6),
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 5000))),
            measured(0, 1, 3),
            Arbitraries.of(true, false))
        .as(Case::new);
  }

  private static Arbitrary<Point> points() {
    Arbitrary<Integer> steps =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(1)),
            Tuple.of(1, Arbitraries.just(0)),
            Tuple.of(2, Arbitraries.integers().between(2, 12)),
            Tuple.of(1, Arbitraries.integers().between(13, 40_000)));
    Arbitrary<Map<StreamType, Double>> body =
        Combinators.combine(
                measured(30, 230, 0),
                measured(0, 250, 0),
                measured(0, 2000, 0),
                measured(-40, 50, 0),
                Arbitraries.of(0.0, 1.0))
            .as(
                (heartRate, cadence, power, temperature, moving) ->
                    new EnumMap<>(
                        Map.of(
                            StreamType.HEART_RATE, heartRate,
                            StreamType.CADENCE, cadence,
                            StreamType.POWER, power,
                            StreamType.TEMPERATURE, temperature,
                            StreamType.MOVING, moving)));
    Arbitrary<Map<StreamType, Double>> motion =
        Combinators.combine(
                measured(-400, 8800, 1),
                measured(0, 500_000, 1),
                measured(0, 30, 3),
                measured(-60, 60, 1))
            .as(
                (altitude, distance, speed, grade) ->
                    new EnumMap<>(
                        Map.of(
                            StreamType.ALTITUDE, altitude,
                            StreamType.DISTANCE, distance,
                            StreamType.SPEED, speed,
                            StreamType.GRADE, grade)));
    return Combinators.combine(steps, body, motion, measured(-90, 90, 6), measured(-180, 180, 6))
        .as(
            (step, first, second, latitude, longitude) -> {
              first.putAll(second);
              boolean known = !Double.isNaN(latitude) && !Double.isNaN(longitude);
              return new Point(step, first, known ? latitude : UNKNOWN, longitude);
            });
  }

  private static Arbitrary<Double> measured(double from, double to, int decimals) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.doubles().between(from, to).ofScale(decimals)),
        Tuple.of(1, Arbitraries.just(UNKNOWN)));
  }

  private static void assertPoints(List<RecordMesg> found, Case given) {
    assertThat(found).hasSameSizeAs(given.points());
    for (int i = 0; i < found.size(); i++) {
      RecordMesg message = found.get(i);
      Point point = given.points().get(i);
      assertThat(FitUnits.instant(message.getTimestamp().getTimestamp()))
          .isEqualTo(given.start().plusSeconds(given.seconds().get(i)));
      assertPosition(message, point, given.types().contains(StreamType.POSITION));
      assertValue(message, "enhanced_altitude", given, point, StreamType.ALTITUDE, 0.2);
      assertValue(message, "distance", given, point, StreamType.DISTANCE, 0.01);
      assertValue(message, "enhanced_speed", given, point, StreamType.SPEED, 0.001);
      assertValue(message, "heart_rate", given, point, StreamType.HEART_RATE, 1);
      assertValue(message, "cadence", given, point, StreamType.CADENCE, 1);
      assertValue(message, "power", given, point, StreamType.POWER, 1);
      assertValue(message, "temperature", given, point, StreamType.TEMPERATURE, 1);
      assertValue(message, "grade", given, point, StreamType.GRADE, 0.01);
    }
  }

  private static void assertPosition(RecordMesg message, Point point, boolean told) {
    if (!told || Double.isNaN(point.latitude())) {
      assertThat(message.getPositionLat()).isNull();
      assertThat(message.getPositionLong()).isNull();
      return;
    }
    assertThat(message.getPositionLat() * SEMICIRCLE)
        .isCloseTo(point.latitude(), within(SEMICIRCLE));
    double apart = Math.abs(message.getPositionLong() * SEMICIRCLE - point.longitude());
    assertThat(Math.min(apart, 360 - apart)).isLessThanOrEqualTo(2 * SEMICIRCLE);
  }

  private static void assertValue(
      RecordMesg message,
      String field,
      Case given,
      Point point,
      StreamType type,
      double resolution) {
    double value = given.types().contains(type) ? point.values().get(type) : UNKNOWN;
    Double found = message.getFieldDoubleValue(field);
    if (Double.isNaN(value)) {
      assertThat(found).as(field).isNull();
    } else {
      assertThat(found).as(field).isCloseTo(value, within(resolution / 2 + 1e-6));
    }
  }

  private static void assertSums(FitMessages messages, Case given) {
    SessionMesg session = messages.getSessionMesgs().get(0);
    List<LapMesg> laps = messages.getLapMesgs();
    assertThat(FitUnits.instant(session.getStartTime().getTimestamp())).isEqualTo(given.start());
    assertThat(value(session, "total_elapsed_time")).isEqualTo(given.elapsed());
    assertThat(value(session, "total_timer_time")).isBetween(0.0, (double) given.elapsed());
    long moved = Math.round(given.movingShare() * given.elapsed());
    if (moved > 0) {
      assertThat(value(session, "total_timer_time")).isEqualTo(moved);
      assertThat(value(session, "total_distance")).isEqualTo(1234.5);
    }
    for (String field : List.of("total_elapsed_time", "total_timer_time", "total_distance")) {
      if (session.getFieldDoubleValue(field) != null) {
        double sum = laps.stream().mapToDouble(lap -> value(lap, field)).sum();
        assertThat(sum).as(field).isCloseTo(value(session, field), within(1e-6));
      }
    }
    assertThat(laps)
        .allSatisfy(
            lap ->
                assertThat(value(lap, "total_timer_time"))
                    .isBetween(0.0, value(lap, "total_elapsed_time") + 1e-9));
  }

  private static double value(Mesg message, String field) {
    return message.getFieldDoubleValue(field);
  }

  private static void assertStopwatch(List<EventMesg> events) {
    boolean running = false;
    long at = 0;
    for (int i = 0; i < events.size(); i++) {
      EventType type = events.get(i).getEventType();
      long time = events.get(i).getTimestamp().getTimestamp();
      assertThat(time).isGreaterThanOrEqualTo(at);
      boolean last = i == events.size() - 1;
      assertThat(type)
          .isEqualTo(last ? EventType.STOP_ALL : running ? EventType.STOP : EventType.START);
      running = type == EventType.START;
      at = time;
    }
  }
}
