package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.FileId;
import io.fitroute.fit.FitUnits;
import io.fitroute.fit.GarminDecoder;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Sport;
import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TimerEvent;
import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A device writes a file, from which Strava derives details and streams with laps in any known
 * form; the file made of these has the device's laps.
 */
class LapsLikeTheDevicesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Samples.START;
  private static final Sport RUNNING = new Sport(1, 0);

  /** The ways in which Strava describes the start of a lap. */
  enum Form {
    UP_TO_THE_NEXT,
    BEFORE_THE_NEXT,
    ALL_ZERO,
    ALL_ZERO_WITH_HIDDEN_DATES,
    WITHOUT_INDICES,
    WITHOUT_INDICES_AND_DATES,
    BEYOND_THE_STREAMS
  }

  /**
   * The course of a lap, with a point per second.
   *
   * @param pause seconds in its middle without records
   * @param slope metres up or down
   * @param standing whether every third point has a cadence of 0
   */
  record Stretch(
      int seconds,
      int pause,
      int heartRate,
      int cadence,
      boolean standing,
      double speed,
      int slope) {}

  record Point(int lap, int second, double distance, double altitude, int heartRate, int cadence) {}

  record Case(List<Stretch> stretches, Form form, boolean reported, boolean moving) {

    List<Point> points() {
      List<Point> points = new ArrayList<>();
      int second = 0;
      double distance = 0;
      double altitude = 300;
      for (int lap = 0; lap < stretches.size(); lap++) {
        Stretch stretch = stretches.get(lap);
        boolean last = lap == stretches.size() - 1;
        for (int step = 0; step < stretch.seconds() + (last ? 1 : 0); step++) {
          second += step == stretch.seconds() / 2 ? stretch.pause() : 0;
          boolean stands = stretch.standing() && step % 3 == 1;
          points.add(
              new Point(
                  lap,
                  second + step,
                  distance + step * stretch.speed(),
                  altitude + (double) stretch.slope() * step / stretch.seconds(),
                  stretch.heartRate() == 0 ? 0 : stretch.heartRate() + step % 7,
                  stands ? 0 : stretch.cadence()));
        }
        second += stretch.seconds();
        distance += stretch.seconds() * stretch.speed();
        altitude += stretch.slope();
      }
      return points;
    }

    List<Point> of(int lap) {
      return points().stream().filter(point -> point.lap() == lap).toList();
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void everyLapSaysWhatTheDeviceSaid(@ForAll("cases") Case given) throws Exception {
    FitMessages device = device(given);

    FitMessages made = Samples.made(details(given, device), streams(given, device));

    assertThat(made.getLapMesgs()).hasSameSizeAs(device.getLapMesgs());
    for (int number = 0; number < device.getLapMesgs().size(); number++) {
      assertLap(made.getLapMesgs().get(number), device.getLapMesgs().get(number));
    }
    SessionMesg session = made.getSessionMesgs().get(0);
    SessionMesg original = device.getSessionMesgs().get(0);
    assertThat(session.getTotalTimerTime()).isEqualTo(original.getTotalTimerTime());
    assertThat(session.getTotalElapsedTime()).isEqualTo(original.getTotalElapsedTime());
    assertThat(session.getTotalDistance()).isEqualTo(original.getTotalDistance());
    assertThat(session.getAvgHeartRate()).isEqualTo(original.getAvgHeartRate());
    assertThat(session.getAvgCadence()).isEqualTo(original.getAvgCadence());
  }

  private static void assertLap(LapMesg made, LapMesg device) {
    assertThat(made.getStartTime().getTimestamp()).isEqualTo(device.getStartTime().getTimestamp());
    assertThat(made.getTotalElapsedTime()).isEqualTo(device.getTotalElapsedTime());
    assertThat(made.getTotalTimerTime()).isEqualTo(device.getTotalTimerTime());
    assertThat(made.getTotalDistance()).isCloseTo(device.getTotalDistance(), within(0.021f));
    assertThat(made.getAvgHeartRate()).isEqualTo(device.getAvgHeartRate());
    assertThat(made.getMaxHeartRate()).isEqualTo(device.getMaxHeartRate());
    assertThat(made.getAvgCadence()).isEqualTo(device.getAvgCadence());
    assertThat(made.getMaxCadence()).isEqualTo(device.getMaxCadence());
    assertThat(made.getTotalAscent()).isEqualTo(device.getTotalAscent());
    assertThat(made.getTotalDescent()).isEqualTo(device.getTotalDescent());
    assertThat(made.getTotalCycles())
        .isCloseTo(device.getTotalCycles(), within(device.getTotalCycles() / 10 + 3));
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Stretch> stretches =
        Combinators.combine(
                Arbitraries.integers().between(20, 90),
                Arbitraries.frequencyOf(
                    Tuple.of(2, Arbitraries.just(0)),
                    Tuple.of(1, Arbitraries.integers().between(30, 400))),
                Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.just(0)),
                    Tuple.of(4, Arbitraries.integers().between(90, 180))),
                Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.just(0)),
                    Tuple.of(4, Arbitraries.integers().between(60, 95))),
                Arbitraries.of(true, false),
                Arbitraries.doubles().between(2, 5).ofScale(2),
                Arbitraries.of(-30, -11, -4, 0, 0, 5, 12, 25))
            .as(Stretch::new);
    return Combinators.combine(
            stretches.list().ofMinSize(1).ofMaxSize(6),
            Arbitraries.of(Form.class),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(Case::new);
  }

  /** The device's messages, written by the encoder and checked by Garmin's decoder. */
  private static FitMessages device(Case given) throws IOException {
    Path file = Files.createTempFile("device", ".fit");
    try {
      record(given, file);
      return GarminDecoder.decodeValid(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void record(Case given, Path file) throws IOException {
    List<Point> points = given.points();
    FileId fileId = new FileId(FileId.DEVELOPMENT, 1, OptionalLong.of(1), START, Optional.empty());
    int last = points.get(points.size() - 1).second();
    Instant end = START.plusSeconds(last);
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(
            file,
            fileId,
            EnumSet.of(
                TrackField.ALTITUDE,
                TrackField.DISTANCE,
                TrackField.HEART_RATE,
                TrackField.CADENCE))) {
      writer.timer(START, TimerEvent.START);
      for (Point point : points) {
        writer.point(recorded(point));
      }
      writer.timer(end, TimerEvent.STOP_ALL);
      double timer = 0;
      for (int lap = 0; lap < given.stretches().size(); lap++) {
        Stretch stretch = given.stretches().get(lap);
        timer += stretch.seconds();
        writer.lap(
            new Lap(
                START.plusSeconds(given.of(lap).get(0).second()),
                stretch.seconds() + stretch.pause(),
                stretch.seconds(),
                LapTrigger.MANUAL,
                RUNNING,
                summary(given.of(lap), stretch.seconds() * stretch.speed(), stretch.slope())));
      }
      double way = given.stretches().stream().mapToDouble(s -> s.seconds() * s.speed()).sum();
      Map<SummaryField, Double> all = summary(points, way, 0);
      writer.session(new Session(START, last, timer, RUNNING, Optional.empty(), all));
      writer.finish(new Activity(end, timer, Optional.of(ZoneOffset.UTC)));
    }
  }

  private static TrackPoint recorded(Point point) {
    double unknown = Double.NaN;
    return new TrackPoint(
        START.plusSeconds(point.second()),
        unknown,
        unknown,
        point.altitude(),
        point.distance(),
        unknown,
        point.heartRate(),
        point.cadence(),
        unknown,
        unknown,
        unknown);
  }

  private static Map<SummaryField, Double> summary(List<Point> points, double way, int slope) {
    Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
    summary.put(SummaryField.DISTANCE, way);
    summary.put(SummaryField.AVERAGE_HEART_RATE, average(points, Point::heartRate));
    summary.put(SummaryField.MAXIMUM_HEART_RATE, greatest(points, Point::heartRate));
    summary.put(SummaryField.AVERAGE_CADENCE, average(points, Point::cadence));
    summary.put(SummaryField.MAXIMUM_CADENCE, greatest(points, Point::cadence));
    summary.put(SummaryField.ASCENT, (double) Math.max(0, slope));
    summary.put(SummaryField.DESCENT, (double) Math.max(0, -slope));
    summary.put(SummaryField.CYCLES, points.stream().mapToInt(Point::cadence).sum() / 60.0);
    return summary;
  }

  private static double average(List<Point> points, ToIntFunction<Point> value) {
    return points.stream()
        .mapToInt(value)
        .filter(number -> number > 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double greatest(List<Point> points, ToIntFunction<Point> value) {
    double greatest = points.stream().mapToInt(value).max().orElseThrow();
    return greatest == 0 ? Double.NaN : greatest;
  }

  private static ObjectNode details(Case given, FitMessages device) {
    SessionMesg session = device.getSessionMesgs().get(0);
    ObjectNode details =
        Samples.details()
            .put("elapsed_time", Math.round(session.getTotalElapsedTime()))
            .put("moving_time", Math.round(session.getTotalTimerTime()))
            .put("distance", session.getTotalDistance().doubleValue());
    ArrayNode laps = details.putArray("laps");
    int index = 0;
    for (int number = 0; number < device.getLapMesgs().size(); number++) {
      LapMesg lap = device.getLapMesgs().get(number);
      int next = index + given.of(number).size();
      ObjectNode told =
          laps.addObject()
              .put("lap_index", number + 1)
              .put("elapsed_time", Math.round(lap.getTotalElapsedTime()))
              .put("moving_time", Math.round(lap.getTotalTimerTime()))
              .put("distance", lap.getTotalDistance().doubleValue());
      begin(told, given.form(), index, next, lap);
      if (given.reported()) {
        report(told, lap);
      }
      index = next;
    }
    return details;
  }

  private static void begin(ObjectNode told, Form form, int index, int next, LapMesg lap) {
    String date = FitUnits.instant(lap.getStartTime().getTimestamp()).toString();
    String hidden = "2026-11-20T00:00:01Z";
    switch (form) {
      case UP_TO_THE_NEXT -> told.put("start_index", index).put("end_index", next);
      case BEFORE_THE_NEXT ->
          told.put("start_index", index).put("end_index", next - 1).put("start_date", date);
      case ALL_ZERO -> told.put("start_index", 0).put("end_index", 0).put("start_date", date);
      case ALL_ZERO_WITH_HIDDEN_DATES ->
          told.put("start_index", 0).put("end_index", 0).put("start_date", hidden);
      case WITHOUT_INDICES -> told.put("start_date", date);
      case WITHOUT_INDICES_AND_DATES -> told.putNull("start_index").putNull("end_index");
      case BEYOND_THE_STREAMS ->
          told.put("start_index", index == 0 ? 0 : index + 10_000)
              .put("end_index", next + 10_000)
              .put("start_date", date);
    }
  }

  private static void report(ObjectNode told, LapMesg lap) {
    if (lap.getAvgHeartRate() != null) {
      told.put("average_heartrate", lap.getAvgHeartRate().doubleValue())
          .put("max_heartrate", lap.getMaxHeartRate().doubleValue());
    }
    if (lap.getAvgCadence() != null) {
      told.put("average_cadence", lap.getAvgCadence() + (double) lap.getAvgFractionalCadence());
    }
    told.put("total_elevation_gain", lap.getTotalAscent().doubleValue());
  }

  private static String streams(Case given, FitMessages device) {
    ObjectNode streams = JSON.createObjectNode();
    long start = FitUnits.timestamp(START);
    List<RecordMesg> points = device.getRecordMesgs();
    add(streams, "time", points, point -> point.getTimestamp().getTimestamp() - start);
    add(streams, "distance", points, RecordMesg::getDistance);
    add(streams, "altitude", points, RecordMesg::getEnhancedAltitude);
    add(streams, "heartrate", points, RecordMesg::getHeartRate);
    add(streams, "cadence", points, RecordMesg::getCadence);
    if (given.moving()) {
      ArrayNode moving = streams.putObject("moving").putArray("data");
      List<Point> all = given.points();
      for (int i = 0; i < all.size(); i++) {
        moving.add(i > 0 && all.get(i).second() - all.get(i - 1).second() == 1);
      }
    }
    return streams.toString();
  }

  private static void add(
      ObjectNode streams,
      String type,
      List<RecordMesg> points,
      Function<RecordMesg, ? extends Number> value) {
    ArrayNode data = streams.putObject(type).putArray("data");
    for (RecordMesg point : points) {
      data.addPOJO(value.apply(point));
    }
  }
}
