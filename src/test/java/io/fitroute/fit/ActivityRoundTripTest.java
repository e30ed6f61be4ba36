package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Any activity that is written and read by Garmin's decoder is the same within FIT's resolution.
 */
class ActivityRoundTripTest {
  private static final double SEMICIRCLE = 180 / 0x1p31;
  private static final double ROUNDING = 1e-6;

  /** Seconds since the previous point, and the measurements. */
  record Step(int seconds, TrackPoint point) {}

  record Case(
      Instant start,
      Set<TrackField> fields,
      List<Step> steps,
      List<Integer> lapSeconds,
      ZoneOffset offset) {
    List<TrackPoint> points() {
      List<TrackPoint> points = new ArrayList<>();
      long at = 0;
      for (Step step : steps) {
        at += step.seconds();
        TrackPoint p = step.point();
        points.add(
            new TrackPoint(
                start.plusSeconds(at),
                p.latitude(),
                p.longitude(),
                p.altitude(),
                p.distance(),
                p.speed(),
                p.heartRate(),
                p.cadence(),
                p.power(),
                p.grade(),
                p.temperature()));
      }
      return points;
    }

    long elapsed() {
      return lapSeconds.stream().mapToLong(Integer::longValue).sum();
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsRead(@ForAll("cases") Case given) throws Exception {
    Path file = Files.createTempFile("activity", ".fit");
    try {
      write(file, given);
      FitMessages decoded = GarminDecoder.decodeValid(file);
      assertPoints(decoded.getRecordMesgs(), given);
      assertLaps(decoded.getLapMesgs(), given);
      assertSession(decoded.getSessionMesgs().get(0), given);
      assertReport(new FitCheck().check(file), given);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Instant> starts =
        Arbitraries.longs()
            .between(
                Instant.parse("1999-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("2099-12-31T23:59:59Z").getEpochSecond())
            .map(Instant::ofEpochSecond);
    Arbitrary<Step> steps =
        Combinators.combine(Arbitraries.integers().between(0, 3000), points()).as(Step::new);
    return Combinators.combine(
            starts,
            Arbitraries.of(TrackField.class).set(),
            steps.list().ofMaxSize(30),
            Arbitraries.integers().between(1, 20_000).list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.integers()
                .between(-48, 56)
                .map(quarters -> ZoneOffset.ofTotalSeconds(quarters * 900)))
        .as(Case::new)
        .map(ActivityRoundTripTest::withinLaps);
  }

  private static Arbitrary<TrackPoint> points() {
    Arbitrary<double[]> places =
        Combinators.combine(measured(-91, 91), measured(-181, 181))
            .as((north, east) -> new double[] {north, east});
    Arbitrary<double[]> motion =
        Combinators.combine(
                measured(-600, 9000),
                measured(-1, 1_000_000),
                measured(-1, 100),
                measured(-400, 400))
            .as(
                (altitude, distance, speed, grade) ->
                    new double[] {altitude, distance, speed, grade});
    return Combinators.combine(
            places,
            motion,
            measured(-2, 300),
            measured(-2, 300),
            measured(-2, 70_000),
            measured(-140, 140))
        .as(
            (place, moved, heartRate, cadence, power, temperature) ->
                new TrackPoint(
                    Instant.EPOCH,
                    place[0],
                    place[1],
                    moved[0],
                    moved[1],
                    moved[2],
                    heartRate,
                    cadence,
                    power,
                    moved[3],
                    temperature));
  }

  /** Values from slightly below to slightly above FIT's range, and missing ones. */
  private static Arbitrary<Double> measured(double from, double to) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.doubles().between(from, to).ofScale(4)),
        Tuple.of(1, Arbitraries.just(Double.NaN)));
  }

  /** Extends the last lap to the last point at least. */
  private static Case withinLaps(Case given) {
    long missing = given.steps().stream().mapToLong(Step::seconds).sum() - given.elapsed();
    if (missing <= 0) {
      return given;
    }
    List<Integer> laps = new ArrayList<>(given.lapSeconds());
    laps.set(laps.size() - 1, laps.get(laps.size() - 1) + (int) missing);
    return new Case(given.start(), given.fields(), given.steps(), laps, given.offset());
  }

  private static void write(Path file, Case given) throws Exception {
    FileId fileId =
        new FileId(
            FileId.DEVELOPMENT, 1, OptionalLong.empty(), given.start(), Optional.of("sample"));
    Sport sport = new Sport(1, 0);
    Instant end = given.start().plusSeconds(given.elapsed());
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, fileId, given.fields())) {
      writer.device(
          new Device(
              given.start(),
              Device.CREATOR,
              FileId.DEVELOPMENT,
              1,
              OptionalLong.empty(),
              OptionalDouble.empty(),
              Optional.empty()));
      writer.timer(given.start(), TimerEvent.START);
      for (TrackPoint point : given.points()) {
        writer.point(point);
      }
      writer.timer(end, TimerEvent.STOP_ALL);
      Instant lapStart = given.start();
      for (int seconds : given.lapSeconds()) {
        Map<SummaryField, Double> summary = Map.of(SummaryField.DISTANCE, seconds * 2.75);
        writer.lap(new Lap(lapStart, seconds, seconds * 0.75, LapTrigger.MANUAL, sport, summary));
        lapStart = lapStart.plusSeconds(seconds);
      }
      Map<SummaryField, Double> summary = Map.of(SummaryField.DISTANCE, given.elapsed() * 2.75);
      writer.session(
          new Session(
              given.start(),
              given.elapsed(),
              given.elapsed() * 0.75,
              sport,
              Optional.empty(),
              summary));
      writer.finish(new Activity(end, given.elapsed() * 0.75, Optional.of(given.offset())));
    }
  }

  private static void assertPoints(List<RecordMesg> found, Case given) {
    List<TrackPoint> points = given.points();
    assertThat(found).hasSameSizeAs(points);
    for (int i = 0; i < points.size(); i++) {
      TrackPoint point = points.get(i);
      RecordMesg message = found.get(i);
      assertThat(FitUnits.instant(message.getTimestamp().getTimestamp())).isEqualTo(point.time());
      assertPosition(message, point, given.fields().contains(TrackField.POSITION));
      for (TrackField field : given.fields()) {
        switch (field) {
          case POSITION -> {
            // two fields, which were compared above
          }
          case ALTITUDE ->
              assertValue(message, "enhanced_altitude", point.altitude(), 0.2, -500, 1e6);
          case DISTANCE -> assertValue(message, "distance", point.distance(), 0.01, 0, 1e7);
          case SPEED -> assertValue(message, "enhanced_speed", point.speed(), 0.001, 0, 1e6);
          case HEART_RATE -> assertValue(message, "heart_rate", point.heartRate(), 1, 0, 254);
          case CADENCE -> assertCadence(message, point.cadence());
          case POWER -> assertValue(message, "power", point.power(), 1, 0, 65_534);
          case GRADE -> assertValue(message, "grade", point.grade(), 0.01, -327.68, 327.66);
          case TEMPERATURE ->
              assertValue(message, "temperature", point.temperature(), 1, -128, 126);
        }
      }
      int fields = given.fields().stream().mapToInt(ActivityRoundTripTest::fieldsOf).sum();
      assertThat(message.getFields()).hasSizeLessThanOrEqualTo(1 + fields);
    }
  }

  private static int fieldsOf(TrackField field) {
    return field == TrackField.POSITION || field == TrackField.CADENCE ? 2 : 1;
  }

  private static void assertPosition(RecordMesg message, TrackPoint point, boolean written) {
    boolean known = Math.abs(point.latitude()) <= 90 && Math.abs(point.longitude()) <= 180;
    if (!written || !known) {
      assertThat(message.getPositionLat()).isNull();
      assertThat(message.getPositionLong()).isNull();
      return;
    }
    assertThat(message.getPositionLat() * SEMICIRCLE)
        .isCloseTo(point.latitude(), within(SEMICIRCLE));
    double apart = Math.abs(message.getPositionLong() * SEMICIRCLE - point.longitude());
    assertThat(Math.min(apart, 360 - apart)).isLessThanOrEqualTo(2 * SEMICIRCLE);
  }

  private static void assertCadence(RecordMesg message, double given) {
    Double whole = message.getFieldDoubleValue("cadence");
    Double fraction = message.getFieldDoubleValue("fractional_cadence");
    if (whole == null) {
      assertThat(fraction).isNull();
      assertThat(given >= 0 && given < 254.99).as("cadence %s", given).isFalse();
    } else {
      assertThat(whole + fraction).isCloseTo(given, within(0.5 / 128 + ROUNDING));
      assertThat(fraction).isBetween(0.0, 127 / 128.0);
    }
  }

  private static void assertValue(
      RecordMesg message,
      String field,
      double given,
      double resolution,
      double least,
      double greatest) {
    Double found = message.getFieldDoubleValue(field);
    if (found == null) {
      assertThat(given > least && given < greatest).as("%s %s not written", field, given).isFalse();
    } else {
      assertThat(found).as(field).isCloseTo(given, within(resolution / 2 + ROUNDING));
    }
  }

  private static void assertLaps(List<LapMesg> found, Case given) {
    assertThat(found).hasSameSizeAs(given.lapSeconds());
    long at = 0;
    for (int i = 0; i < found.size(); i++) {
      int seconds = given.lapSeconds().get(i);
      LapMesg lap = found.get(i);
      assertThat(FitUnits.instant(lap.getStartTime().getTimestamp()))
          .isEqualTo(given.start().plusSeconds(at));
      assertThat(lap.getFieldDoubleValue("total_elapsed_time")).isEqualTo(seconds);
      assertThat(lap.getFieldDoubleValue("total_timer_time")).isEqualTo(seconds * 0.75);
      assertThat(lap.getFieldDoubleValue("total_distance")).isEqualTo(seconds * 2.75);
      at += seconds;
    }
  }

  private static void assertSession(SessionMesg session, Case given) {
    assertThat(FitUnits.instant(session.getStartTime().getTimestamp())).isEqualTo(given.start());
    assertThat(session.getFieldDoubleValue("total_elapsed_time")).isEqualTo(given.elapsed());
    assertThat(session.getFieldDoubleValue("total_timer_time")).isEqualTo(given.elapsed() * 0.75);
    assertThat(session.getFieldDoubleValue("total_distance")).isEqualTo(given.elapsed() * 2.75);
  }

  private static void assertReport(FitReport report, Case given) {
    assertThat(report.fileType()).hasValue(FitReport.ACTIVITY);
    assertThat(report.productName()).contains("sample");
    assertThat(report.sport()).contains(new Sport(1, 0));
    assertThat(report.startTime()).contains(given.start());
    assertThat(report.elapsedTime()).hasValue(given.elapsed());
    assertThat(report.timerTime()).hasValue(given.elapsed() * 0.75);
    assertThat(report.distance()).hasValue(given.elapsed() * 2.75);
    assertThat(report.records()).isEqualTo(given.steps().size());
    assertThat(report.laps()).isEqualTo(given.lapSeconds().size());
    assertThat(report.sessions()).isEqualTo(1);
  }
}
