package io.fitroute.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import io.fitroute.fit.FitUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For any track, the FIT file contains every value that GPX or TCX has for a point. */
class AnyTrackTest {

  /** One of FIT's semicircles in degrees. */
  private static final double SEMICIRCLE = 180 / 0x1p31;

  /** A point; its step is the time since the previous point in milliseconds. */
  record Point(
      int step,
      Optional<double[]> position,
      Optional<Double> altitude,
      Optional<Integer> heartRate,
      Optional<Integer> cadence,
      Optional<Integer> power) {}

  @Provide
  Arbitrary<List<List<Point>>> parts() {
    Arbitrary<double[]> positions =
        Combinators.combine(
                Arbitraries.doubles().between(-90, 90), Arbitraries.doubles().between(-180, 180))
            .as((north, east) -> new double[] {north, east});
    return Combinators.combine(
            Arbitraries.integers().between(0, 200_000),
            positions.optional(),
            Arbitraries.doubles().between(-400, 8000).optional(),
            Arbitraries.integers().between(1, 254).optional(),
            Arbitraries.integers().between(0, 254).optional(),
            Arbitraries.integers().between(0, 3000).optional())
        .as(Point::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** The times of the points, in milliseconds from the start. */
  private static List<Long> times(List<Point> points) {
    List<Long> times = new ArrayList<>();
    long time = 0;
    for (Point point : points) {
      time += point.step();
      times.add(time);
    }
    return times;
  }

  private static String at(long milliseconds) {
    return Samples.START.plusMillis(milliseconds).toString();
  }

  private static String element(String name, Optional<?> content) {
    return content.map(value -> "<" + name + ">" + value + "</" + name + ">").orElse("");
  }

  private static String gpx(Point point, long time) {
    return "<trkpt"
        + point.position().map(at -> " lat='%s' lon='%s'".formatted(at[0], at[1])).orElse("")
        + ">"
        + element("ele", point.altitude())
        + "<time>%s</time><extensions>".formatted(at(time))
        + element("power", point.power())
        + "<gpxtpx:TrackPointExtension>"
        + element("gpxtpx:hr", point.heartRate())
        + element("gpxtpx:cad", point.cadence())
        + "</gpxtpx:TrackPointExtension></extensions></trkpt>";
  }

  private static String tcx(Point point, long time) {
    return "<Trackpoint><Time>%s</Time>".formatted(at(time))
        + point
            .position()
            .map(
                at ->
                    "<Position><LatitudeDegrees>%s</LatitudeDegrees><LongitudeDegrees>%s</LongitudeDegrees></Position>"
                        .formatted(at[0], at[1]))
            .orElse("")
        + element("AltitudeMeters", point.altitude())
        + point
            .heartRate()
            .map(rate -> "<HeartRateBpm><Value>" + rate + "</Value></HeartRateBpm>")
            .orElse("")
        + "<Extensions><ns3:TPX>"
        + element("ns3:RunCadence", point.cadence())
        + element("ns3:Watts", point.power())
        + "</ns3:TPX></Extensions></Trackpoint>";
  }

  @Property(tries = 200)
  void gpxKeepsItsPoints(@ForAll("parts") List<List<Point>> segments) throws Exception {
    List<Point> points = segments.stream().flatMap(List::stream).toList();
    List<Long> times = times(points);
    StringBuilder document = new StringBuilder("<gpx><trk>");
    int index = 0;
    for (List<Point> segment : segments) {
      document.append("<trkseg>");
      for (Point point : segment) {
        document.append(gpx(point, times.get(index++)));
      }
      document.append("</trkseg>");
    }

    Samples.Result result = Samples.convert(document + "</trk></gpx>");

    assertSame(points, times, result);
    assertThat(result.converted().laps()).isEqualTo(1);
  }

  @Property(tries = 200)
  void tcxKeepsItsPointsAndLaps(@ForAll("parts") List<List<Point>> laps) throws Exception {
    List<Point> points = laps.stream().flatMap(List::stream).toList();
    List<Long> times = times(points);
    StringBuilder document =
        new StringBuilder("<TrainingCenterDatabase><Activities><Activity Sport='Running'>");
    int index = 0;
    List<Long> starts = new ArrayList<>();
    for (List<Point> lap : laps) {
      starts.add(second(times.get(index)));
      document.append("<Lap StartTime='%s'><Track>".formatted(at(times.get(index))));
      for (Point point : lap) {
        document.append(tcx(point, times.get(index++)));
      }
      document.append("</Track></Lap>");
    }

    Samples.Result result =
        Samples.convert(document + "</Activity></Activities></TrainingCenterDatabase>");

    assertSame(points, times, result);
    assertThat(
            result.messages().getLapMesgs().stream()
                .map(lap -> lap.getStartTime().getTimestamp() - FitUnits.timestamp(Samples.START)))
        .containsExactlyElementsOf(starts);
  }

  private static long second(long milliseconds) {
    return milliseconds / 1000;
  }

  private static void assertSame(List<Point> points, List<Long> times, Samples.Result result) {
    FitMessages messages = result.messages();
    assertThat(result.converted().points()).isEqualTo(points.size());
    assertThat(result.converted().laps()).isEqualTo(messages.getLapMesgs().size());
    List<RecordMesg> records = messages.getRecordMesgs();
    assertThat(records).hasSize(points.size());
    for (int index = 0; index < points.size(); index++) {
      assertThat(records.get(index).getTimestamp().getTimestamp())
          .isEqualTo(FitUnits.timestamp(Samples.START) + second(times.get(index)));
      assertSame(points.get(index), records.get(index));
    }
    SessionMesg session = messages.getSessionMesgs().get(0);
    assertThat((long) session.getTotalElapsedTime().floatValue())
        .isEqualTo(second(times.get(times.size() - 1)) - second(times.get(0)));
    assertThat(session.getTotalTimerTime()).isLessThanOrEqualTo(session.getTotalElapsedTime());
    assertThat(messages.getLapMesgs().stream().mapToDouble(LapMesg::getTotalTimerTime).sum())
        .isCloseTo(session.getTotalTimerTime(), within(0.01));
  }

  private static void assertSame(Point point, RecordMesg record) {
    assertThat(record.getHeartRate())
        .isEqualTo(point.heartRate().map(Integer::shortValue).orElse(null));
    assertThat(record.getCadence())
        .isEqualTo(point.cadence().map(Integer::shortValue).orElse(null));
    assertThat(record.getPower()).isEqualTo(point.power().orElse(null));
    if (point.altitude().isPresent()) {
      assertThat(record.getEnhancedAltitude().doubleValue())
          .isCloseTo(point.altitude().get(), within(0.101));
    } else {
      assertThat(record.getEnhancedAltitude()).isNull();
    }
    if (point.position().isPresent()) {
      double[] at = point.position().get();
      assertThat(record.getPositionLat() * SEMICIRCLE).isCloseTo(at[0], within(SEMICIRCLE));
      // 180 degrees east and west are the same
      double east = Math.abs(record.getPositionLong() * SEMICIRCLE - at[1]) % 360;
      assertThat(Math.min(east, 360 - east)).isLessThanOrEqualTo(SEMICIRCLE);
    } else {
      assertThat(record.getPositionLat()).isNull();
    }
  }
}
