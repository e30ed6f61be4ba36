package io.fitroute.conversion;

import static io.fitroute.conversion.Samples.at;
import static io.fitroute.conversion.Samples.convert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.garmin.fit.DeviceInfoMesg;
import com.garmin.fit.FitMessages;
import com.garmin.fit.Intensity;
import com.garmin.fit.LapMesg;
import com.garmin.fit.LapTrigger;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import com.garmin.fit.Sport;
import io.fitroute.conversion.Samples.Result;
import io.fitroute.fit.FitUnits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of TCX, as the programs of this world write it. */
class TcxTest {

  private static String tcx(String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
        %s
        <Author xsi:type="Application_t"><Name>Connect</Name></Author>
        </TrainingCenterDatabase>
        """
        .formatted(content);
  }

  private static String activity(String laps) {
    return tcx(
        """
        <Activities><Activity Sport="Running"><Id>%s</Id>%s
        <Creator xsi:type="Device_t"><Name>Forerunner 245</Name><UnitId>1</UnitId></Creator>
        </Activity></Activities>
        """
            .formatted(at(0), laps));
  }

  private static String lap(int start, String content) {
    return "<Lap StartTime=\"%s\">%s</Lap>".formatted(at(start), content);
  }

  private static String point(int second, String content) {
    return "<Trackpoint><Time>%s</Time>%s</Trackpoint>".formatted(at(second), content);
  }

  private static String distance(int second, double metres) {
    return point(second, "<DistanceMeters>" + metres + "</DistanceMeters>");
  }

  private static String position(int second, double latitude) {
    return point(
        second,
        "<Position><LatitudeDegrees>%s</LatitudeDegrees><LongitudeDegrees>11</LongitudeDegrees></Position>"
            .formatted(latitude));
  }

  private static SessionMesg session(Result result) {
    return result.messages().getSessionMesgs().get(0);
  }

  private static List<Float> distances(FitMessages messages) {
    return messages.getRecordMesgs().stream().map(RecordMesg::getDistance).toList();
  }

  private static long second(long timestamp) {
    return timestamp - FitUnits.timestamp(Samples.START);
  }

  @Test
  void lapsKeepTheirBoundariesAndWhatTheyTell() throws Exception {
    Result result =
        convert(
            activity(
                lap(
                        0,
                        """
                        <TotalTimeSeconds>299.5</TotalTimeSeconds><DistanceMeters>1000</DistanceMeters>
                        <MaximumSpeed>4.5</MaximumSpeed><Calories>70</Calories>
                        <AverageHeartRateBpm><Value>150</Value></AverageHeartRateBpm>
                        <MaximumHeartRateBpm><Value>165</Value></MaximumHeartRateBpm>
                        <Intensity>Active</Intensity><TriggerMethod>Distance</TriggerMethod>
                        <Track>%s%s</Track>
                        <Extensions><ns3:LX><ns3:AvgSpeed>3.3</ns3:AvgSpeed>
                        <ns3:AvgRunCadence>88</ns3:AvgRunCadence></ns3:LX></Extensions>
                        """
                            .formatted(distance(1, 5), distance(299, 996)))
                    + lap(
                        300,
                        """
                        <TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>50</DistanceMeters>
                        <Calories>5</Calories><Intensity>Resting</Intensity>
                        <TriggerMethod>Manual</TriggerMethod><Track>%s</Track>
                        """
                            .formatted(distance(330, 1030)))
                    + lap(
                        360,
                        """
                        <TotalTimeSeconds>30.25</TotalTimeSeconds><DistanceMeters>100</DistanceMeters>
                        <Calories>9</Calories><TriggerMethod>Location</TriggerMethod><Track>%s</Track>
                        """
                            .formatted(distance(389, 1148)))));

    List<LapMesg> laps = result.messages().getLapMesgs();
    assertThat(laps)
        .extracting(lap -> second(lap.getStartTime().getTimestamp()))
        .containsExactly(0L, 300L, 360L);
    assertThat(laps).extracting(LapMesg::getTotalElapsedTime).containsExactly(300f, 60f, 31f);
    assertThat(laps).extracting(LapMesg::getTotalTimerTime).containsExactly(299.5f, 60f, 30.25f);
    assertThat(laps).extracting(LapMesg::getTotalDistance).containsExactly(1000f, 50f, 100f);
    assertThat(laps).extracting(LapMesg::getTotalCalories).containsExactly(70, 5, 9);
    assertThat(laps)
        .extracting(LapMesg::getLapTrigger)
        .containsExactly(LapTrigger.DISTANCE, LapTrigger.MANUAL, LapTrigger.POSITION_LAP);
    assertThat(laps)
        .extracting(LapMesg::getIntensity)
        .containsExactly(Intensity.ACTIVE, Intensity.REST, null);
    assertThat(laps.get(0).getAvgHeartRate()).isEqualTo((short) 150);
    assertThat(laps.get(0).getMaxHeartRate()).isEqualTo((short) 165);
    assertThat(laps.get(0).getEnhancedMaxSpeed()).isEqualTo(4.5f);
    assertThat(laps.get(0).getEnhancedAvgSpeed()).isEqualTo(3.3f);
    assertThat(laps.get(0).getAvgCadence()).isEqualTo((short) 88);
    assertThat(session(result).getTotalElapsedTime()).isEqualTo(391);
    assertThat(session(result).getTotalTimerTime()).isEqualTo(389.75f);
    assertThat(session(result).getTotalDistance()).isEqualTo(1150);
    assertThat(session(result).getTotalCalories()).isEqualTo(84);
    assertThat(session(result).getMaxHeartRate()).isEqualTo((short) 165);
    assertThat(session(result).getSport()).isEqualTo(Sport.RUNNING);
    assertThat(result.converted()).isEqualTo(new Converted(4, 3, List.of()));
    assertThat(result.messages().getDeviceInfoMesgs())
        .extracting(DeviceInfoMesg::getProductName)
        .containsExactly("fitroute", "Forerunner 245");
  }

  @Test
  void distancesGoOnFromLapToLap() throws Exception {
    String content = "<Track>%s%s</Track>";

    Result result =
        convert(
            activity(
                lap(0, content.formatted(distance(0, 0), distance(9, 40)))
                    + lap(10, content.formatted(distance(10, 45), distance(20, 80)))));

    assertThat(distances(result.messages())).containsExactly(0f, 40f, 45f, 80f);
    assertThat(session(result).getTotalDistance()).isEqualTo(80);
    assertThat(result.messages().getLapMesgs())
        .extracting(LapMesg::getTotalDistance)
        .containsExactly(45f, 35f);
  }

  @Test
  void distancesThatBeginAnewInEachLapAreAddedUp() throws Exception {
    String content = "<Track>%s%s</Track>";

    Result result =
        convert(
            activity(
                lap(0, content.formatted(distance(0, 0), distance(9, 40)))
                    + lap(10, content.formatted(distance(10, 2), distance(20, 30)))
                    + lap(21, content.formatted(distance(21, 1), distance(30, 35)))));

    assertThat(distances(result.messages())).containsExactly(0f, 40f, 42f, 70f, 71f, 105f);
  }

  @Test
  void aMissingDistanceIsMeasuredOrNotKnown() throws Exception {
    Result measured =
        convert(activity(lap(0, "<Track>" + position(0, 48) + position(30, 48.001) + "</Track>")));
    Result told =
        convert(
            activity(
                lap(
                    0,
                    "<Track>"
                        + distance(0, 3)
                        + point(1, "<DistanceMeters/>")
                        + point(2, "")
                        + distance(3, 12)
                        + "</Track>")));

    assertThat(session(measured).getTotalDistance()).isCloseTo(111.19f, within(0.02f));
    assertThat(distances(told.messages())).containsExactly(3f, null, null, 12f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns3:", "x:", "ns2:", ""})
  void theExtensionOfAPointIsReadWhateverItsPrefix(String prefix) throws Exception {
    String content =
        """
        <AltitudeMeters>520.4</AltitudeMeters><HeartRateBpm><Value>151</Value></HeartRateBpm>
        <Extensions><p:TPX CadenceSensor="Footpod"><p:Speed>3.25</p:Speed>
        <p:RunCadence>87</p:RunCadence><p:Watts>250</p:Watts></p:TPX></Extensions>
        """
            .replace("p:", prefix);

    RecordMesg point =
        convert(activity(lap(0, "<Track>" + point(0, content) + "</Track>")))
            .messages()
            .getRecordMesgs()
            .get(0);

    assertThat(point.getEnhancedAltitude()).isEqualTo(520.4f);
    assertThat(point.getHeartRate()).isEqualTo((short) 151);
    assertThat(point.getEnhancedSpeed()).isEqualTo(3.25f);
    assertThat(point.getCadence()).isEqualTo((short) 87);
    assertThat(point.getPower()).isEqualTo(250);
  }

  @Test
  void theCadenceOfABikeStandsInThePointItself() throws Exception {
    Result result =
        convert(
            activity(lap(0, "<Track>" + point(0, "<Cadence>92</Cadence>") + "</Track>"))
                .replace("Running", "Biking"));

    assertThat(result.messages().getRecordMesgs().get(0).getCadence()).isEqualTo((short) 92);
    assertThat(session(result).getSport()).isEqualTo(Sport.CYCLING);
  }

  @Test
  void aFurtherTrackInALapComesAfterAPause() throws Exception {
    String tracks = "<Track>%s%s</Track><Track>%s%s</Track>";

    Result result =
        convert(
            activity(
                lap(
                    0,
                    tracks.formatted(
                        position(0, 48),
                        position(10, 48.0003),
                        position(18, 48.0006),
                        position(28, 48.0009)))));

    assertThat(result.messages().getEventMesgs())
        .extracting(
            event -> event.getEventType() + " " + second(event.getTimestamp().getTimestamp()))
        .containsExactly("START 0", "STOP 10", "START 18", "STOP_ALL 28");
    assertThat(session(result).getTotalTimerTime()).isEqualTo(20);
  }

  @Test
  void theTimeThatTheLapsTellDecidesWhetherAGapIsAPause() throws Exception {
    String lap = "<TotalTimeSeconds>%d</TotalTimeSeconds><Track>%s%s%s</Track>";
    String points = position(0, 48) + position(10, 48.0003);

    Result paused =
        convert(
            activity(
                lap(0, lap.formatted(20, points, position(100, 48.0004), position(110, 48.0007)))));
    Result running =
        convert(
            activity(
                lap(
                    0,
                    lap.formatted(110, points, position(100, 48.0004), position(110, 48.0007)))));

    assertThat(paused.messages().getEventMesgs()).hasSize(4);
    assertThat(running.messages().getEventMesgs()).hasSize(2);
  }

  @Test
  void aLapWithoutPointsIsKept() throws Exception {
    Result result =
        convert(
            activity(
                lap(
                        0,
                        "<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>1800</DistanceMeters>")
                    + lap(
                        600, "<TotalTimeSeconds>300.5</TotalTimeSeconds><Calories>30</Calories>")));

    assertThat(result.converted()).isEqualTo(new Converted(0, 2, List.of()));
    assertThat(session(result).getTotalElapsedTime()).isEqualTo(901);
    assertThat(session(result).getTotalTimerTime()).isEqualTo(900.5f);
    assertThat(session(result).getTotalDistance()).isEqualTo(1800);
    assertThat(session(result).getTotalCalories()).isEqualTo(30);
  }

  @Test
  void lapsThatBeginAtTheSameTimeFollowEachOther() throws Exception {
    String lap = "<TotalTimeSeconds>%s</TotalTimeSeconds><Calories>%d</Calories>";

    Result result =
        convert(
            activity(
                lap(0, lap.formatted("60", 10))
                    + lap(60, lap.formatted("0.4", 1))
                    + lap(60, lap.formatted("30", 5))));

    assertThat(result.messages().getLapMesgs())
        .extracting(LapMesg::getTotalCalories)
        .containsExactly(10, 1, 5);
    assertThat(result.messages().getLapMesgs())
        .extracting(LapMesg::getTotalElapsedTime)
        .containsExactly(60f, 0f, 30f);
  }

  @Test
  void ofSeveralActivitiesTheFirstIsTaken() throws Exception {
    String second =
        "<Activity Sport=\"Biking\"><Id>x</Id>"
            + lap(500, "<Track>" + distance(500, 0) + "</Track>")
            + "</Activity>";
    String document =
        activity(lap(0, "<Track>" + distance(0, 0) + distance(5, 9) + "</Track>"))
            .replace("</Activities>", second + "</Activities>");

    Result result = convert(document);

    assertThat(session(result).getSport()).isEqualTo(Sport.RUNNING);
    assertThat(result.converted())
        .isEqualTo(
            new Converted(
                2, 1, List.of("activities left out because only the first is converted: 1")));
  }

  @Test
  void theFirstSportOfAMultisportIsTaken() throws Exception {
    String document =
        tcx(
            """
            <Activities><MultiSportSession><Id>x</Id>
            <FirstSport><Activity Sport="Other">%s</Activity></FirstSport>
            <NextSport><Transition StartTime="%s"/><Activity Sport="Biking">%s</Activity></NextSport>
            </MultiSportSession></Activities>
            """
                .formatted(
                    lap(0, "<Track>" + distance(0, 0) + distance(5, 9) + "</Track>"),
                    at(6),
                    lap(9, "<Track>" + distance(9, 0) + "</Track>")));

    assertThat(convert(document).converted().points()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'<Courses><Course><Name>x</Name><Lap/><Track/></Course></Courses>', 'it is a course, not a recorded activity'",
    "'<Activities><Activity xsi:type=\"Course_t\"/></Activities>', 'it is a course, not a recorded activity'",
    "'<Workouts><Workout/></Workouts>', it contains no activity",
    "'<Activities/>', it contains no activity",
    "'<Activities><Activity/></Activities>', the activity has no laps",
    "'<Activities><Activity><Lap/></Activity></Activities>', it has no track with times",
    "'<Activities><Activity><Lap StartTime=\"2026-11-20T06:02:11Z\"/></Activity></Activities>', it has neither points nor a duration",
    "'<Activities><Activity><Lap><Track><Trackpoint/></Track></Lap></Activity></Activities>', the track has no times"
  })
  void whatIsNoActivityIsRefused(String content, String reason) {
    assertThatThrownBy(() -> convert(tcx(content)))
        .isInstanceOf(CannotConvert.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1989-12-31T00:00:00Z", "2026-11-20T06:02:12Z", "", "soon"})
  void aLapThatBeginsAtNoPossibleTimeBeginsWithItsFirstPoint(String start) throws Exception {
    Result result =
        convert(
            activity(
                "<Lap StartTime=\"%s\"><Track>%s%s</Track></Lap>"
                    .formatted(start, distance(0, 0), distance(5, 9))));

    assertThat(second(session(result).getStartTime().getTimestamp())).isZero();
    assertThat(session(result).getTotalElapsedTime()).isEqualTo(5);
  }

  @Test
  void theActivityBeginsWithItsFirstLap() throws Exception {
    Result result =
        convert(activity(lap(0, "<Track>" + distance(4, 0) + distance(9, 9) + "</Track>")));

    assertThat(second(session(result).getStartTime().getTimestamp())).isZero();
    assertThat(session(result).getTotalElapsedTime()).isEqualTo(9);
  }

  @Test
  void aNewLapIsNoPause() throws Exception {
    String track = "<Track>%s%s</Track>";

    Result result =
        convert(
            activity(
                lap(0, track.formatted(position(0, 48), position(8, 48.0003)))
                    + lap(10, track.formatted(position(13, 48.0006), position(20, 48.0009)))));

    assertThat(result.messages().getEventMesgs()).hasSize(2);
    assertThat(session(result).getTotalTimerTime()).isEqualTo(20);
  }

  @Test
  void noLapBeginsBeforeTheOneBefore() throws Exception {
    Result result =
        convert(
            activity(
                lap(0, "<TotalTimeSeconds>60</TotalTimeSeconds>")
                    + lap(60, "<TotalTimeSeconds>30</TotalTimeSeconds>")
                    + lap(20, "<TotalTimeSeconds>40</TotalTimeSeconds>")));

    assertThat(result.messages().getLapMesgs())
        .extracting(lap -> second(lap.getStartTime().getTimestamp()))
        .containsExactly(0L, 60L, 60L);
    assertThat(session(result).getTotalElapsedTime()).isEqualTo(100);
  }
}
