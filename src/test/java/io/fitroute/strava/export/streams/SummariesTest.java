package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.LapTrigger;
import com.garmin.fit.SessionMesg;
import io.fitroute.fit.FitUnits;
import io.fitroute.fit.track.OrderedPoints;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contents of laps and session if Strava reports little or everything. */
class SummariesTest {
  private static final String TIMES = "{\"time\":{\"data\":[0,1,2,3,4,5,6,7]}";

  private static SessionMesg session(FitMessages messages) {
    return messages.getSessionMesgs().get(0);
  }

  private static SessionMesg session(ObjectNode details, String... streams) throws Exception {
    return session(Samples.made(details, TIMES + String.join("", streams) + "}"));
  }

  private static String stream(String type, String data) {
    return ",\"" + type + "\":{\"data\":[" + data + "]}";
  }

  private static ObjectNode twoLaps() {
    ObjectNode details = Samples.details();
    ArrayNode laps = details.putArray("laps");
    laps.addObject().put("start_index", 0);
    laps.addObject().put("start_index", 4);
    return details;
  }

  @Test
  void theAverageSpeedIsWayByTimeUnlessStravaReportsIt() throws Exception {
    String way = stream("distance", "0,3,6,9,12,15,18,21");

    assertThat(session(Samples.details(), way).getEnhancedAvgSpeed()).isEqualTo(3f);
    assertThat(session(Samples.details().put("average_speed", 0), way).getEnhancedAvgSpeed())
        .isEqualTo(3f);
    assertThat(session(Samples.details().put("average_speed", 2.5), way).getEnhancedAvgSpeed())
        .isEqualTo(2.5f);
  }

  @Test
  void withoutATemperatureStreamTheAverageIsTheOneStravaReports() throws Exception {
    ObjectNode details = Samples.details().put("average_temp", 17);

    assertThat(session(details).getAvgTemperature()).isEqualTo((byte) 17);
    assertThat(session(details, stream("temp", "20,20,20,20,22,22,22,22")).getAvgTemperature())
        .isEqualTo((byte) 21);
  }

  @Test
  void withoutTimeThereIsNoAverageSpeed() throws Exception {
    FitMessages messages =
        Samples.made(Samples.details().put("distance", 12.5), "{\"time\":{\"data\":[0]}}");

    assertThat(session(messages).getEnhancedAvgSpeed()).isNull();
    assertThat(session(messages).getTotalDistance()).isEqualTo(12.5f);
    assertThat(messages.getLapMesgs().get(0).getTotalDistance()).isEqualTo(12.5f);
  }

  @Test
  void theMaximumSpeedIsThatOfThePointsUnlessStravaReportsIt() throws Exception {
    String speed = stream("velocity_smooth", "0,2,3.5,3,2,1,1,0");

    assertThat(session(Samples.details(), speed).getEnhancedMaxSpeed()).isEqualTo(3.5f);
    assertThat(session(Samples.details().put("max_speed", 4.25), speed).getEnhancedMaxSpeed())
        .isEqualTo(4.25f);
  }

  @Test
  void whereNobodyMovedTheMaximumSpeedIsZero() throws Exception {
    assertThat(
            session(Samples.details(), stream("velocity_smooth", "0,0,0,0,0,0,0,0"))
                .getEnhancedMaxSpeed())
        .isZero();
  }

  @Test
  void anAverageOfPowerHasTheSecondsWithoutAnyInIt() throws Exception {
    SessionMesg session = session(Samples.details(), stream("watts", "0,100,300,null,0,200,0,100"));

    assertThat(session.getAvgPower()).isEqualTo(100);
    assertThat(session.getMaxPower()).isEqualTo(300);
  }

  @Test
  void powerMayBeReportedWithoutAStream() throws Exception {
    SessionMesg session =
        session(Samples.details().put("average_watts", 210.0).put("max_watts", 480));

    assertThat(session.getAvgPower()).isEqualTo(210);
    assertThat(session.getMaxPower()).isEqualTo(480);
  }

  @Test
  void heartRateAndCadenceMayBeReportedWithoutAStream() throws Exception {
    SessionMesg session =
        session(
            Samples.details()
                .put("average_heartrate", 141.0)
                .put("max_heartrate", 172.0)
                .put("average_cadence", 84.5));

    assertThat(session.getAvgHeartRate()).isEqualTo((short) 141);
    assertThat(session.getMaxHeartRate()).isEqualTo((short) 172);
    assertThat(session.getAvgCadence()).isEqualTo((short) 84);
    assertThat(session.getAvgFractionalCadence()).isEqualTo(0.5f);
    assertThat(session.getMaxCadence()).isNull();
  }

  @Test
  void theGreatestHeartRateIsThatOfThePoints() throws Exception {
    SessionMesg session =
        session(
            Samples.details(),
            stream("heartrate", "120,150,130,null,140,140,140,140"),
            stream("cadence", "80,90,70,null,80,80,80,80"));

    assertThat(session.getMaxHeartRate()).isEqualTo((short) 150);
    assertThat(session.getMaxCadence()).isEqualTo((short) 90);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "12, 12", ", 10"})
  void theAscentIsTheReportedOneEvenIfThatIsZero(Integer gain, int ascent) throws Exception {
    ObjectNode details = Samples.details();
    if (gain != null) {
      details.put("total_elevation_gain", gain);
    }

    assertThat(
            session(details, stream("altitude", "100,102,104,106,108,110,110,110"))
                .getTotalAscent())
        .isEqualTo(ascent);
  }

  @Test
  void theLastLapEndsWithTheSessionAndTheOthersWereEndedByHand() throws Exception {
    FitMessages messages = Samples.made(twoLaps(), TIMES + "}");

    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getLapTrigger)
        .containsExactly(LapTrigger.MANUAL, LapTrigger.SESSION_END);
  }

  @Test
  void anActivityBeginsAtItsFirstPositionAndALapAtItsOwn() throws Exception {
    FitMessages messages =
        Samples.made(
            twoLaps(),
            TIMES + stream("latlng", "null,[91,0],[0,181],[-90,180],null,null,null,null") + "}");

    assertThat(session(messages).getStartPositionLat()).isEqualTo(FitUnits.latitude(-90));
    assertThat(session(messages).getStartPositionLong()).isEqualTo(FitUnits.longitude(180));
    List<LapMesg> laps = messages.getLapMesgs();
    assertThat(laps.get(0).getStartPositionLat()).isEqualTo(FitUnits.latitude(-90));
    assertThat(laps.get(1).getStartPositionLat()).isNull();
    assertThat(laps.get(1).getStartPositionLong()).isNull();
  }

  @Test
  void lapsOfARunWithoutDistancesDivideItAsStravaDoes() throws Exception {
    ObjectNode details = twoLaps().put("distance", 40);
    ((ObjectNode) details.get("laps").get(0)).put("distance", 10);
    ((ObjectNode) details.get("laps").get(1)).put("distance", 10);

    assertThat(Samples.made(details, TIMES + "}").getLapMesgs())
        .extracting(LapMesg::getTotalDistance)
        .containsExactly(20f, 20f);
  }

  @ParameterizedTest
  @CsvSource({
    // for a session of 60 s: missing time goes to the lap with a pause, excess is shared
    "50, 10, 50, 10, 60, '50.0, 10.0'",
    "50, 10, 30, 10, 60, '50.0, 10.0'",
    "50, 10, 40, 10, 55, '45.0, 10.0'",
    "50, 10, 50, 10, 30, '25.0, 5.0'",
    "50, 10, 0, 0, 30, '25.0, 5.0'"
  })
  void theTimesOfLapsAddUpToTheSessions(
      int firstElapsed, int secondElapsed, int first, int second, int total, String times)
      throws Exception {
    ObjectNode details = Samples.details();
    details.put("elapsed_time", firstElapsed + secondElapsed).put("moving_time", total);
    ArrayNode laps = details.putArray("laps");
    laps.addObject().put("elapsed_time", firstElapsed).put("moving_time", first);
    laps.addObject().put("elapsed_time", secondElapsed).put("moving_time", second);

    FitMessages messages = Samples.made(details, "{}");

    assertThat(
            messages.getLapMesgs().stream()
                .map(LapMesg::getTotalTimerTime)
                .map(String::valueOf)
                .toList())
        .containsExactly(times.split(", "));
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(total);
  }

  @Test
  void withoutAnElapsedTimeTheTimeInMotionIsAll() throws Exception {
    FitMessages messages = Samples.made(Samples.details().put("moving_time", 90), "{}");

    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(90f);
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(90f);
  }

  @ParameterizedTest
  @CsvSource({"-43200, -12:00", "50400, +14:00", "-43201, ", "50401, "})
  void clocksGoFrom12HoursBehindTo14Ahead(int offset, String ahead) {
    ObjectNode hidden =
        Samples.details()
            .put("start_date_local", "2026-12-20T07:02:11Z")
            .put("utc_offset", (double) offset);

    assertThat(new ActivityDetails(Samples.activity(hidden)).offset().map(ZoneOffset::getId))
        .isEqualTo(Optional.ofNullable(ahead));
  }

  @Test
  void lapsWithoutATimeInMotionHaveThatOfTheirPoints() throws Exception {
    ObjectNode details = twoLaps();
    details.get("laps").forEach(lap -> ((ObjectNode) lap).put("moving_time", 0));

    FitMessages messages = Samples.made(details, "{\"time\":{\"data\":[0,1,2,60,61,62]}}");

    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getTotalTimerTime)
        .containsExactly(3f, 1f);
  }

  @Test
  void aLapMayHaveBeenSpentStanding() throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", 60).put("moving_time", 10);
    ArrayNode laps = details.putArray("laps");
    laps.addObject().put("elapsed_time", 50).put("moving_time", 0);
    laps.addObject().put("elapsed_time", 10).put("moving_time", 10);

    assertThat(Samples.made(details, "{}").getLapMesgs())
        .extracting(LapMesg::getTotalTimerTime)
        .containsExactly(0f, 10f);
  }

  @Test
  void lessThanNoPowerIsNone() throws Exception {
    SessionMesg session = session(Samples.details(), stream("watts", "-80,100,0,0,0,0,0,0"));

    assertThat(session.getAvgPower()).isEqualTo(14);
  }

  @Test
  void aBlankNameIsNone() throws Exception {
    assertThat(session(Samples.details().put("name", "  ")).getSportProfileName()).isNull();
  }

  @Test
  void theLongestActivityHas49Days() throws Exception {
    FitMessages messages =
        Samples.made(Samples.details().put("elapsed_time", OrderedPoints.LONGEST_SECONDS), "{}");

    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(4_294_967f);
  }

  @Test
  void aStartBeforeFitBeganIsRefusedWhateverTheEnd() {
    ObjectNode details =
        Samples.details().put("start_date", "1989-12-30T23:59:00Z").put("elapsed_time", 120);

    assertThatThrownBy(() -> Samples.made(details, "{}"))
        .isInstanceOf(CannotSynthesise.class)
        .hasMessageContaining("1989-12-30T23:59:00Z");
  }
}
