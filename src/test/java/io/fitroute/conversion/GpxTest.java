package io.fitroute.conversion;

import static io.fitroute.conversion.Samples.at;
import static io.fitroute.conversion.Samples.convert;
import static io.fitroute.conversion.Samples.gpx;
import static io.fitroute.conversion.Samples.point;
import static io.fitroute.conversion.Samples.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.garmin.fit.FitMessages;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import com.garmin.fit.Sport;
import com.garmin.fit.SubSport;
import io.fitroute.conversion.Samples.Result;
import io.fitroute.fit.FitUnits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of GPX, as the programs of this world write it. */
class GpxTest {

  private static SessionMesg session(FitMessages messages) {
    assertThat(messages.getSessionMesgs()).hasSize(1);
    return messages.getSessionMesgs().get(0);
  }

  @Test
  void aTrackBecomesASession() throws Exception {
    Result result =
        convert(
            gpx(
                "<metadata><name>not this</name></metadata><trk><name>Morning Run</name>"
                    + "<type>trail_running</type><trkseg>"
                    + point(0, 48, 11, "<ele>520.4</ele>")
                    + point(10, 48.0005, 11, "<ele>525</ele>")
                    + point(20, 48.001, 11, "<ele>523</ele>")
                    + "</trkseg></trk>"));

    SessionMesg session = session(result.messages());
    assertThat(session.getSportProfileName()).isEqualTo("Morning Run");
    assertThat(session.getSport()).isEqualTo(Sport.RUNNING);
    assertThat(session.getSubSport()).isEqualTo(SubSport.TRAIL);
    assertThat(session.getStartTime().getDate().toInstant()).isEqualTo(Samples.START);
    assertThat(session.getTotalElapsedTime()).isEqualTo(20);
    assertThat(session.getTotalTimerTime()).isEqualTo(20);
    assertThat(session.getTotalDistance()).isCloseTo(111.19f, within(0.02f));
    assertThat(session.getTotalAscent()).isEqualTo(5);
    assertThat(session.getTotalDescent()).isEqualTo(2);
    assertThat(result.messages().getDeviceInfoMesgs().get(1).getProductName()).isEqualTo("a watch");
    assertThat(result.converted()).isEqualTo(new Converted(3, 1, List.of()));
    assertThat(result.messages().getRecordMesgs())
        .extracting(RecordMesg::getDistance)
        .satisfiesExactly(
            first -> assertThat(first).isZero(),
            second -> assertThat(second).isCloseTo(55.6f, within(0.02f)),
            third -> assertThat(third).isCloseTo(111.19f, within(0.02f)));
  }

  private static List<String> timer(FitMessages messages) {
    return messages.getEventMesgs().stream()
        .map(event -> event.getEventType() + " " + second(event.getTimestamp().getTimestamp()))
        .toList();
  }

  private static long second(long timestamp) {
    return timestamp - FitUnits.timestamp(Samples.START);
  }

  private static List<Long> seconds(FitMessages messages) {
    return messages.getRecordMesgs().stream()
        .map(point -> second(point.getTimestamp().getTimestamp()))
        .toList();
  }

  @Test
  void aGapBetweenSegmentsIsAPauseInWhichNoWayIsMade() throws Exception {
    Result result =
        convert(
            gpx(
                "<trk><trkseg>"
                    + point(0, 48, 11, "")
                    + point(5, 48.001, 11, "")
                    + "</trkseg><trkseg/><trkseg>"
                    + point(65, 48.002, 11, "")
                    + point(70, 48.003, 11, "")
                    + "</trkseg></trk>"));

    assertThat(timer(result.messages()))
        .containsExactly("START 0", "STOP 5", "START 65", "STOP_ALL 70");
    assertThat(session(result.messages()).getTotalElapsedTime()).isEqualTo(70);
    assertThat(session(result.messages()).getTotalTimerTime()).isEqualTo(10);
    assertThat(session(result.messages()).getTotalDistance()).isCloseTo(222.39f, within(0.05f));
  }

  @Test
  void severalTracksAreOneActivityInTheOrderOfTheirTimes() throws Exception {
    Result result =
        convert(
            gpx(
                "<trk><name>second</name><trkseg>"
                    + point(60, 48.002, 11, "")
                    + point(70, 48.003, 11, "")
                    + "</trkseg></trk><trk><trkseg>"
                    + point(0, 48, 11, "")
                    + point(10, 48.001, 11, "")
                    + "</trkseg></trk>"));

    assertThat(seconds(result.messages())).containsExactly(0L, 10L, 60L, 70L);
    assertThat(result.converted().notes()).isEmpty();
    assertThat(timer(result.messages()))
        .containsExactly("START 0", "STOP 10", "START 60", "STOP_ALL 70");
  }

  @Test
  void aGapWithinASegmentInWhichNoWayIsMadeIsAPause() throws Exception {
    Result result =
        convert(
            track(
                point(0, 48, 11, "")
                    + point(1, 48.00003, 11, "")
                    + point(301, 48.00004, 11, "")
                    + point(302, 48.00007, 11, "")));

    assertThat(timer(result.messages()))
        .containsExactly("START 0", "STOP 1", "START 301", "STOP_ALL 302");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<time/>",
        "<time> </time>",
        "<time>yesterday</time>",
        "<time>1970-01-01T00:00:00Z</time>"
      })
  void pointsWithoutATimeAreLeftOutAndCounted(String time) throws Exception {
    String timeless = "<trkpt lat=\"48\" lon=\"11\">" + time + "</trkpt>";

    Result result = convert(track(point(0, 48, 11, "") + timeless + point(2, 48, 11, "")));

    assertThat(seconds(result.messages())).containsExactly(0L, 2L);
    assertThat(result.converted().points()).isEqualTo(2);
    assertThat(result.converted().notes())
        .containsExactly("points left out because they have no usable time: 1 of 3");
    assertThatThrownBy(() -> convert(track(timeless + timeless)))
        .isInstanceOf(CannotConvert.class)
        .hasMessage("the track has no times");
  }

  @Test
  void asFewPointsAsPossibleAreLeftOutWhereTimesRunBackwards() throws Exception {
    Result result =
        convert(
            track(
                point(9, 48, 11, "")
                    + point(1, 48, 11, "")
                    + point(2, 48, 11, "")
                    + point(2, 48, 11, "")
                    + point(0, 48, 11, "")
                    + point(3, 48, 11, "")));

    assertThat(seconds(result.messages())).containsExactly(1L, 2L, 2L, 3L);
    assertThat(result.converted().notes())
        .containsExactly("points left out because their times run backwards: 2");
  }

  @Test
  void aHeartRateNeedsNoPosition() throws Exception {
    String heart = "<extensions><hr>%d</hr></extensions>";
    Result result =
        convert(
            track(
                "<trkpt><time>"
                    + at(0)
                    + "</time>"
                    + heart.formatted(120)
                    + "</trkpt>"
                    + "<trkpt lat=\"\" lon=\"\"><time>"
                    + at(1)
                    + "</time>"
                    + heart.formatted(130)
                    + "</trkpt>"
                    + "<trkpt lat=\"91\" lon=\"11\"><time>"
                    + at(2)
                    + "</time>"
                    + heart.formatted(0)
                    + "</trkpt>"));

    assertThat(result.messages().getRecordMesgs())
        .extracting(RecordMesg::getHeartRate)
        .containsExactly((short) 120, (short) 130, null);
    assertThat(result.messages().getRecordMesgs())
        .allSatisfy(
            point -> {
              assertThat(point.getPositionLat()).isNull();
              assertThat(point.getDistance()).isNull();
            });
    assertThat(session(result.messages()).getAvgHeartRate()).isEqualTo((short) 125);
    assertThat(session(result.messages()).getMaxHeartRate()).isEqualTo((short) 130);
    assertThat(session(result.messages()).getTotalDistance()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpxtpx:", "gpxtpx2:", "ns3:", "undeclared:", ""})
  void garminsExtensionIsReadWhateverItsPrefix(String prefix) throws Exception {
    String extension =
        """
        <extensions><power>250</power><p:TrackPointExtension>
          <p:atemp>-3</p:atemp><p:wtemp>9</p:wtemp><p:hr>151</p:hr><p:cad>87</p:cad>
          <p:speed>3.25</p:speed><p:course>180</p:course>
        </p:TrackPointExtension></extensions>
        """
            .replace("p:", prefix);

    RecordMesg point =
        convert(track(point(0, 48, 11, extension) + point(1, 48, 11, extension)))
            .messages()
            .getRecordMesgs()
            .get(1);

    assertThat(point.getTemperature()).isEqualTo((byte) -3);
    assertThat(point.getHeartRate()).isEqualTo((short) 151);
    assertThat(point.getCadence()).isEqualTo((short) 87);
    assertThat(point.getEnhancedSpeed()).isEqualTo(3.25f);
    assertThat(point.getPower()).isEqualTo(250);
  }

  @Test
  void theFirstVersionHasTheSpeedInThePointAndNoExtensions() throws Exception {
    String document =
        """
        <?xml version="1.0"?>
        <gpx version="1.0" xmlns="http://www.topografix.com/GPX/1/0">
        <name>of the file</name><trk><number>1</number><trkseg>
        <trkpt lat="48" lon="11"><ele>5</ele><time>%s</time><course>1</course><speed>2.5</speed></trkpt>
        </trkseg></trk></gpx>
        """
            .formatted(at(0));

    FitMessages messages = convert(document).messages();

    assertThat(messages.getRecordMesgs().get(0).getEnhancedSpeed()).isEqualTo(2.5f);
    assertThat(session(messages).getSportProfileName()).isNull();
    assertThat(session(messages).getTotalElapsedTime()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'',",
    "'  ',",
    "NaN,",
    "Infinity,",
    "high,",
    "'520,4', 520.4",
    "' 520.4 ', 520.4",
    "5.204e2, 520.4"
  })
  void anEmptyOrUnusualNumberFailsNothing(String text, Float altitude) throws Exception {
    RecordMesg point =
        convert(track(point(0, 48, 11, "<ele>" + text + "</ele>") + point(1, 48, 11, "")))
            .messages()
            .getRecordMesgs()
            .get(0);

    assertThat(point.getEnhancedAltitude()).isEqualTo(altitude);
    assertThat(point.getPositionLat()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "running, 1, 0",
    "Running, 1, 0",
    "Run, 1, 0",
    "9, 1, 0",
    "trail_running, 1, 3",
    "treadmill running, 1, 1",
    "TrailRun, 1, 3",
    "cycling, 2, 0",
    "1, 2, 0",
    "mountain_biking, 2, 8",
    "hiking, 17, 0",
    "lap_swimming, 5, 17",
    "curling, 0, 0",
    "'', 0, 0"
  })
  void theTypeOfTheTrackIsTheSport(String type, short sport, short subSport) throws Exception {
    SessionMesg session =
        session(
            convert(
                    gpx(
                        "<trk><type>"
                            + type
                            + "</type><trkseg>"
                            + point(0, 48, 11, "")
                            + "</trkseg></trk>"))
                .messages());

    assertThat(session.getSport().getValue()).isEqualTo(sport);
    assertThat(session.getSubSport().getValue()).isEqualTo(subSport);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T06:02:11Z, 0",
    "2026-11-20T06:02:11.999Z, 0",
    "2026-11-20T06:02:11, 0",
    "2026-11-20 06:02:11Z, 0",
    "2026-11-20T07:02:11+01:00, 3600",
    "2026-11-20T07:02:11.5+0100, 3600",
    "2026-11-19T23:32:11-06:30, -23400"
  })
  void aTimeMayHaveAZoneOrNone(String time, int offset) throws Exception {
    FitMessages messages =
        convert(track("<trkpt lat=\"48\" lon=\"11\"><time>" + time + "</time></trkpt>")).messages();

    assertThat(seconds(messages)).containsExactly(0L);
    Long local = messages.getActivityMesgs().get(0).getLocalTimestamp();
    assertThat(local).isEqualTo(offset == 0 ? null : FitUnits.timestamp(Samples.START) + offset);
  }

  @ParameterizedTest
  @CsvSource({
    "'<wpt lat=\"48\" lon=\"11\"/>', 'it has no track with times'",
    "'<rte><rtept lat=\"48\" lon=\"11\"/></rte>', 'it has no track with times'",
    "'', 'it has no track with times'",
    "<trk/>, it has no track with times",
    "<trk><trkseg/></trk>, it has no track with times"
  })
  void whatIsNoTrackIsRefused(String content, String reason) {
    assertThatThrownBy(() -> convert(gpx(content)))
        .isInstanceOf(CannotConvert.class)
        .hasMessage(reason);
  }

  @Test
  void aTrackLongerThanFitCountsIsRefused() {
    assertThatThrownBy(() -> convert(track(point(0, 48, 11, "") + point(5_000_000, 48, 11, ""))))
        .isInstanceOf(CannotConvert.class)
        .hasMessageContaining("FIT counts up to 4294967 s");
  }

  @Test
  void whatOthersPutIntoExtensionsDoesNotDisturb() throws Exception {
    String strange =
        "<extensions><Activity Sport='Biking'/><Lap/><Track/><Course/><time>2020-01-01T00:00:00Z</time>"
            + "<Trackpoint><Time>2020-01-01T00:00:00Z</Time></Trackpoint></extensions>";

    Result result =
        convert(
            gpx(
                "<metadata>%s<time>2019-01-01T00:00:00Z</time></metadata>".formatted(strange)
                    + "<trk>%s<type>running</type><trkseg>".formatted(strange)
                    + point(0, 48, 11, "<extensions><x:time>1</x:time></extensions>")
                    + point(5, 48, 11, "<link href='x'><text>5</text></link>")
                    + "</trkseg></trk>"));

    assertThat(seconds(result.messages())).containsExactly(0L, 5L);
    assertThat(result.converted()).isEqualTo(new Converted(2, 1, List.of()));
    assertThat(session(result.messages()).getSport()).isEqualTo(Sport.RUNNING);
  }

  @Test
  void aPauseStaysWhereItsFirstPointIsLeftOut() throws Exception {
    Result result =
        convert(
            gpx(
                "<trk><trkseg>"
                    + point(0, 48, 11, "")
                    + point(5, 48.001, 11, "")
                    + point(6, 48.002, 11, "")
                    + "</trkseg><trkseg>"
                    + point(4, 48.002, 11, "")
                    + point(14, 48.003, 11, "")
                    + point(19, 48.004, 11, "")
                    + "</trkseg></trk>"));

    assertThat(timer(result.messages()))
        .containsExactly("START 0", "STOP 6", "START 14", "STOP_ALL 19");
  }
}
