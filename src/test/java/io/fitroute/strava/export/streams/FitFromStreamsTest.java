package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.EventMesg;
import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import io.fitroute.fit.FitUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitFromStreamsTest {

  private static SessionMesg session(FitMessages messages) {
    return messages.getSessionMesgs().get(0);
  }

  private static long after(com.garmin.fit.DateTime time) {
    return Duration.between(Samples.START, FitUnits.instant(time.getTimestamp())).toSeconds();
  }

  /** The events of the timer: {@code START 0, STOP_ALL 9}. */
  private static String timer(FitMessages messages) {
    return messages.getEventMesgs().stream()
        .map((EventMesg event) -> event.getEventType() + " " + after(event.getTimestamp()))
        .collect(Collectors.joining(", "));
  }

  private static List<Long> times(FitMessages messages) {
    return messages.getRecordMesgs().stream()
        .map((RecordMesg point) -> after(point.getTimestamp()))
        .toList();
  }

  private static String seconds(int... ends) {
    StringBuilder times = new StringBuilder("0");
    for (int i = 0; i < ends.length; i += 2) {
      IntStream.rangeClosed(ends[i], ends[i + 1]).forEach(time -> times.append(',').append(time));
    }
    return "{\"time\":{\"data\":[" + times + "]}";
  }

  private static void lap(ObjectNode details, int start, int end, double distance) {
    ArrayNode laps =
        details.has("laps") ? (ArrayNode) details.get("laps") : details.putArray("laps");
    laps.addObject().put("start_index", start).put("end_index", end).put("distance", distance);
  }

  @Test
  void pausesAreWhereNothingMoved() throws Exception {
    String moving = "\"moving\":{\"data\":[true,true,true,false,false,true,true,true]}";

    FitMessages messages = Samples.made(Samples.details(), seconds(1, 7) + "," + moving + "}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP 2, START 4, STOP_ALL 7");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(5f);
    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(7f);
    assertThat(messages.getRecordMesgs()).hasSize(8);
  }

  @Test
  void aGapIsAPause() throws Exception {
    FitMessages messages = Samples.made(Samples.details(), seconds(1, 9, 60, 69) + "}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP 9, START 60, STOP_ALL 69");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(18f);
  }

  @Test
  void aGapInWhichWayWasMadeIsNoPause() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details(),
            "{\"time\":{\"data\":[0,1,2,60,61]},\"distance\":{\"data\":[0,3,6,180,183]}}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP_ALL 61");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(61f);
  }

  @Test
  void rarePointsAreNoPauses() throws Exception {
    FitMessages messages =
        Samples.made(Samples.details(), "{\"time\":{\"data\":[0,60,120,180,1800,1860]}}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP 180, START 1800, STOP_ALL 1860");
  }

  @Test
  void whatNeverMovedIsNotOnePause() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details().put("sport_type", "Yoga"),
            seconds(1, 3) + ",\"moving\":{\"data\":[false,false,false,false]}}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP_ALL 3");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(3f);
  }

  @Test
  void theStopwatchEndsWithTheLastPointWhenNothingFollows() throws Exception {
    FitMessages messages =
        Samples.made(Samples.details().put("elapsed_time", 900), seconds(1, 9) + "}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP 9, STOP_ALL 900");
    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(900f);
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(9f);
  }

  @Test
  void theFirstPointMayComeLate() throws Exception {
    FitMessages messages = Samples.made(Samples.details(), "{\"time\":{\"data\":[300,301,302]}}");

    assertThat(times(messages)).containsExactly(300L, 301L, 302L);
    assertThat(timer(messages)).isEqualTo("START 300, STOP_ALL 302");
    assertThat(after(session(messages).getStartTime())).isZero();
    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(302f);
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(2f);
  }

  @Test
  void pointsOutOfOrderAreLeftOutAndNoMore() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details(),
            "{\"time\":{\"data\":[-2,-1,0,1,1,5000,2,null,3.9,0,4]},"
                + "\"heartrate\":{\"data\":[90,91,92,93,94,95,96,97,98,99,100]}}");

    assertThat(times(messages)).containsExactly(0L, 1L, 1L, 2L, 3L, 4L);
    assertThat(messages.getRecordMesgs())
        .extracting(point -> (int) point.getHeartRate())
        .containsExactly(92, 93, 94, 96, 98, 100);
  }

  @Test
  void oneLapWhenThereAreNone() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details().put("distance", 27.5).put("calories", 3.0),
            seconds(1, 9)
                + ",\"distance\":{\"data\":[0,3,6,9,12,15,18,21,24,27]},"
                + "\"heartrate\":{\"data\":[100,101,102,103,104,105,106,107,108,109]}}");

    assertThat(messages.getLapMesgs()).hasSize(1);
    LapMesg lap = messages.getLapMesgs().get(0);
    assertThat(lap.getTotalDistance()).isEqualTo(27.5f);
    assertThat(lap.getTotalElapsedTime()).isEqualTo(9f);
    assertThat(lap.getMaxHeartRate()).isEqualTo((short) 109);
    assertThat(session(messages).getTotalDistance()).isEqualTo(27.5f);
    assertThat(session(messages).getAvgHeartRate()).isEqualTo((short) 105);
    assertThat(session(messages).getTotalCalories()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "1, 5"})
  void lapsAreCutAtTheirFirstPointWhereverTheOneBeforeEnds(int gap, int second) throws Exception {
    ObjectNode details = Samples.details().put("total_elevation_gain", 5);
    lap(details, 0, second - gap, 14.9);
    lap(details, second, 7 - gap, 6.1);
    lap(details, 7, 9, 6);

    FitMessages messages =
        Samples.made(
            details,
            seconds(1, 5, 36, 39) + ",\"distance\":{\"data\":[0,3,6,9,12,15,15,18,21,24.004]}}");

    assertThat(messages.getLapMesgs())
        .extracting(lap -> after(lap.getStartTime()))
        .containsExactly(0L, 5L, 37L);
    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getTotalElapsedTime)
        .containsExactly(5f, 32f, 2f);
    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getTotalTimerTime)
        .containsExactly(5f, 1f, 2f);
    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getTotalDistance)
        .containsExactly(15f, 3f, 6f);
    assertThat(session(messages).getTotalDistance()).isEqualTo(24f);
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(8f);
  }

  @Test
  void senselessLapsAreLeftOut() throws Exception {
    ObjectNode details = Samples.details();
    lap(details, 0, 3, 9);
    lap(details, 4, 3, 0);
    lap(details, 4, 2, 0);
    lap(details, 2, 900, 0);
    lap(details, 900, 901, 0);
    lap(details, -5, -1, 0);
    ((ArrayNode) details.get("laps")).addObject().put("start_index", "nine");
    ((ArrayNode) details.get("laps")).add("a lap");

    FitMessages messages = Samples.made(details, seconds(1, 9) + "}");

    assertThat(messages.getLapMesgs())
        .extracting(lap -> after(lap.getStartTime()))
        .containsExactly(0L, 4L);
  }

  @Test
  void distancesOfLapsComeFromTheDetailsWherePointsHaveNone() throws Exception {
    ObjectNode details = Samples.details().put("distance", 30.0);
    lap(details, 0, 4, 10);
    lap(details, 5, 9, 20);

    FitMessages messages = Samples.made(details, seconds(1, 9) + "}");

    assertThat(messages.getLapMesgs())
        .extracting(LapMesg::getTotalDistance)
        .containsExactly(10f, 20f);
    assertThat(messages.getRecordMesgs().get(3).getDistance()).isNull();
  }

  @Test
  void aRunnersCadenceIsThatOfOneLeg() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details().put("average_cadence", 83.1),
            seconds(1, 2) + ",\"cadence\":{\"data\":[82,83,84]}}");

    assertThat(messages.getRecordMesgs())
        .extracting(point -> (int) point.getCadence())
        .containsExactly(82, 83, 84);
    assertThat(session(messages).getAvgCadence()).isEqualTo((short) 83);
  }

  @Test
  void polesAndDateLine() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details(),
            seconds(1, 4)
                + ",\"latlng\":{\"data\":[[90,0],[-90,180],[0,-180],[0,179.999999],[91,0]]}}");

    List<RecordMesg> points = messages.getRecordMesgs();
    assertThat(points.get(0).getPositionLat()).isEqualTo(1 << 30);
    assertThat(points.get(1).getPositionLat()).isEqualTo(-(1 << 30));
    assertThat(points.get(1).getPositionLong()).isEqualTo(Integer.MIN_VALUE);
    assertThat(points.get(2).getPositionLong()).isEqualTo(Integer.MIN_VALUE);
    assertThat(points.get(3).getPositionLong()).isGreaterThan(2_147_000_000);
    assertThat(points.get(4).getPositionLat()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // summer time, the hour in which clocks are set back, half and quarter hours, the date line
    "2026-07-01T10:00:00Z, 2026-07-01T12:00:00Z, 7200, 7200",
    "2026-10-25T00:30:00Z, 2026-10-25T02:30:00Z, 7200, 7200",
    "2026-11-20T06:00:00Z, 2026-11-20T11:30:00Z, 19800, 19800",
    "2026-11-20T06:00:00Z, 2026-11-20T11:45:00Z, 20700, 20700",
    "2026-12-31T23:30:00Z, 2027-01-01T13:30:00Z, 50400, 50400",
    "2026-12-31T23:30:00Z, 2026-12-31T11:30:00Z, -43200, -43200",
    // hidden starts: one second past midnight in both, of the same day and of the day before
    "2026-11-20T00:00:01Z, 2026-11-20T00:00:01Z, 3600, 0",
    "2026-11-21T00:00:01Z, 2026-11-20T00:00:01Z, -28800, -28800"
  })
  void theLocalTimeIsThatOfTheStart(String start, String local, double offset, long ahead)
      throws Exception {
    ObjectNode details =
        Samples.details()
            .put("start_date", start)
            .put("start_date_local", local)
            .put("utc_offset", offset);

    FitMessages messages = Samples.made(details, "{\"time\":{\"data\":[0,7200]}}");

    var activity = messages.getActivityMesgs().get(0);
    assertThat(activity.getLocalTimestamp() - activity.getTimestamp().getTimestamp())
        .isEqualTo(ahead);
    assertThat(FitUnits.instant(session(messages).getStartTime().getTimestamp()))
        .isEqualTo(Instant.parse(start));
  }

  @Test
  void moreThanADay() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details().put("elapsed_time", 200_000).put("moving_time", 150_000),
            "{\"time\":{\"data\":[0,90000,199999]},\"distance\":{\"data\":[0,300000,650000]}}");

    assertThat(session(messages).getTotalElapsedTime()).isEqualTo(200_000f);
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(150_000f);
    assertThat(times(messages)).containsExactly(0L, 90_000L, 199_999L);
  }

  @Test
  void withoutPointsSessionAndLapAlone() throws Exception {
    ObjectNode details =
        Samples.details()
            .put("elapsed_time", 1830)
            .put("moving_time", 1800)
            .put("distance", 6000.5)
            .put("average_heartrate", 150.4)
            .put("total_elevation_gain", 12.0)
            .put("trainer", true);
    lap(details, 0, 0, 1000);
    lap(details, 0, 0, 5000.5);

    FitMessages messages = Samples.made(details, "{}");

    assertThat(messages.getRecordMesgs()).isEmpty();
    assertThat(messages.getLapMesgs()).hasSize(1);
    assertThat(timer(messages)).isEqualTo("START 0, STOP_ALL 1830");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(1800f);
    assertThat(session(messages).getTotalDistance()).isEqualTo(6000.5f);
    assertThat(session(messages).getAvgHeartRate()).isEqualTo((short) 150);
    assertThat(session(messages).getTotalAscent()).isEqualTo(12);
    assertThat(messages.getLapMesgs().get(0).getTotalDistance()).isEqualTo(6000.5f);
  }

  @Test
  void filesOfOneHiddenDayCanBeToldApart() throws Exception {
    ObjectNode one = Samples.details().put("start_date", "2026-11-20T00:00:01Z");
    ObjectNode other = one.deepCopy().put("id", 16999000112L);
    String streams = seconds(1, 3) + "}";

    assertThat(Samples.made(one, streams).getFileIdMesgs().get(0).getSerialNumber())
        .isNotEqualTo(Samples.made(other, streams).getFileIdMesgs().get(0).getSerialNumber());
  }

  @Test
  void longNamesAreCutBetweenCharacters() throws Exception {
    FitMessages messages =
        Samples.made(
            Samples.details().put("name", "\uD83C\uDFC3".repeat(100)), seconds(1, 3) + "}");

    assertThat(session(messages).getSportProfileName()).isEqualTo("\uD83C\uDFC3".repeat(63));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T06:02:11Z, 4294968, 49 days",
    "1970-01-01T00:00:00Z, 100, 1989",
    "2126-02-06T06:28:00Z, 100000, 2126"
  })
  void timesBeyondFitAreRefused(String start, int seconds, String why) {
    ObjectNode details = Samples.details().put("start_date", start).put("elapsed_time", seconds);

    assertThatThrownBy(() -> Samples.made(details, "{}"))
        .isInstanceOf(CannotSynthesise.class)
        .hasMessageContaining(why.startsWith("49") ? "4294967" : why);
  }

  @Test
  void whereTheLengthIsBeyondFitThePointsTellIt() throws Exception {
    ObjectNode details =
        Samples.details().put("elapsed_time", 5_424 * 3600).put("moving_time", 5_424 * 3600);
    lap(details, 0, 0, 1000);
    lap(details, 5, 9, 1000);

    FitMessages messages = Samples.made(details, seconds(1, 10) + "}");

    assertThat(session(messages).getTotalElapsedTime())
        .isEqualTo(times(messages).get(times(messages).size() - 1).floatValue());
    assertThat(session(messages).getTotalTimerTime())
        .isLessThanOrEqualTo(session(messages).getTotalElapsedTime());
  }

  @Test
  void aPointBeyondFitIsRefused() {
    assertThatThrownBy(() -> Samples.made(Samples.details(), "{\"time\":{\"data\":[0,4294968]}}"))
        .isInstanceOf(CannotSynthesise.class)
        .hasMessageContaining("4294967");
  }

  /** A lap of an indoor recording, without valid indices. */
  private static ObjectNode indoors(ObjectNode details, String start, int elapsed) {
    ArrayNode laps =
        details.has("laps") ? (ArrayNode) details.get("laps") : details.putArray("laps");
    ObjectNode lap = laps.addObject().put("start_index", 0).put("end_index", 0);
    return lap.put("start_date", start).put("elapsed_time", elapsed);
  }

  @Test
  void zerosAreNoPartOfAnAverage() throws Exception {
    ObjectNode details = Samples.details();
    lap(details, 0, 3, 9);
    lap(details, 4, 7, 9);

    FitMessages messages =
        Samples.made(
            details,
            seconds(1, 7)
                + ",\"cadence\":{\"data\":[0,0,78,80,0,0,0,0]}"
                + ",\"heartrate\":{\"data\":[0,140,142,0,0,0,0,0]}}");

    LapMesg lap = messages.getLapMesgs().get(0);
    assertThat(lap.getAvgCadence()).isEqualTo((short) 79);
    assertThat(lap.getAvgHeartRate()).isEqualTo((short) 141);
    assertThat(session(messages).getAvgCadence()).isEqualTo((short) 79);
    assertThat(messages.getLapMesgs().get(1).getAvgHeartRate()).isNull();
    assertThat(messages.getLapMesgs().get(1).getAvgCadence()).isNull();
    assertThat(messages.getRecordMesgs().get(4).getCadence()).isZero();
  }

  @Test
  void whatStravaReportsOfALapStandsInIt() throws Exception {
    ObjectNode details = Samples.details().put("average_heartrate", 150).put("elapsed_time", 8);
    lap(details, 0, 3, 9);
    lap(details, 4, 7, 9);
    ((ObjectNode) details.get("laps").get(0))
        .put("average_heartrate", 141.4)
        .put("max_heartrate", 155.0)
        .put("average_cadence", 79.5)
        .put("average_watts", 210.2)
        .put("average_speed", 2.5)
        .put("max_speed", 3.75)
        .put("total_elevation_gain", 12.0);

    FitMessages messages =
        Samples.made(
            details,
            seconds(1, 7)
                + ",\"cadence\":{\"data\":[0,60,60,60,70,70,70,70]}"
                + ",\"heartrate\":{\"data\":[100,100,100,100,130,130,130,130]}}");

    LapMesg lap = messages.getLapMesgs().get(0);
    assertThat(lap.getAvgHeartRate()).isEqualTo((short) 141);
    assertThat(lap.getMaxHeartRate()).isEqualTo((short) 155);
    assertThat(lap.getAvgCadence()).isEqualTo((short) 79);
    assertThat(lap.getAvgFractionalCadence()).isEqualTo(0.5f);
    assertThat(lap.getAvgPower()).isEqualTo(210);
    assertThat(lap.getEnhancedAvgSpeed()).isEqualTo(2.5f);
    assertThat(lap.getEnhancedMaxSpeed()).isEqualTo(3.75f);
    assertThat(lap.getTotalAscent()).isEqualTo(12);
    assertThat(messages.getLapMesgs().get(1).getAvgHeartRate()).isEqualTo((short) 130);
    assertThat(messages.getLapMesgs().get(1).getAvgCadence()).isEqualTo((short) 70);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T06:02:11Z, 2026-11-20T06:02:15Z, 4",
    // a hidden start of the activity or also of the laps; then elapsed times are used
    "2026-11-20T00:00:01Z, 2026-11-20T00:00:05Z, 9",
    "2026-11-20T00:00:01Z, 2026-11-20T00:00:01Z, 4",
    "not a date, , 4"
  })
  void lapsThatPointNowhereBeginWhenStravaSays(String first, String second, int elapsed)
      throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", 9);
    indoors(details, first, elapsed);
    indoors(details, second, 5);

    for (String streams : List.of(seconds(1, 9) + "}", "{\"time\":{\"data\":[0,7]}}", "{}")) {
      FitMessages messages = Samples.made(details, streams);

      assertThat(messages.getLapMesgs())
          .extracting(lap -> after(lap.getStartTime()))
          .containsExactly(0L, 4L);
      assertThat(messages.getLapMesgs())
          .extracting(LapMesg::getTotalElapsedTime)
          .containsExactly(4f, 5f);
    }
  }

  @Test
  void lapsMayPointBeyondTheStreams() throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", 9);
    lap(details, 0, 399, 9);
    lap(details, 400, 899, 9);
    ((ObjectNode) details.get("laps").get(0)).put("elapsed_time", 4);

    assertThat(Samples.made(details, seconds(1, 9) + "}").getLapMesgs())
        .extracting(lap -> after(lap.getStartTime()))
        .containsExactly(0L, 4L);
  }

  @ParameterizedTest
  @CsvSource({"0, 600", "540, 540"})
  void aMovingThatIsNeverTrueStopsNothing(int movingTime, float timer) throws Exception {
    String never = "\"moving\":{\"data\":[" + "false,".repeat(599) + "false]}";

    FitMessages messages =
        Samples.made(
            Samples.details().put("elapsed_time", 600).put("moving_time", movingTime),
            seconds(1, 599) + "," + never + "}");

    assertThat(session(messages).getTotalTimerTime()).isEqualTo(timer);
    assertThat(messages.getLapMesgs().get(0).getTotalTimerTime()).isEqualTo(timer);
    assertThat(timer(messages)).isEqualTo("START 0, STOP_ALL 600");
  }

  @Test
  void aMovingThatContradictsWhatStravaCountsIsNotHeeded() throws Exception {
    String hardlyEver = "\"moving\":{\"data\":[false,true" + ",false".repeat(598) + "]}";

    FitMessages messages =
        Samples.made(
            Samples.details().put("elapsed_time", 599).put("moving_time", 597),
            seconds(1, 599) + "," + hardlyEver + "}");

    assertThat(timer(messages)).isEqualTo("START 0, STOP_ALL 599");
    assertThat(session(messages).getTotalTimerTime()).isEqualTo(597f);
  }

  @Test
  void lapsTakeTheTimeThatStravaCounts() throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", 100).put("moving_time", 70);
    indoors(details, "2026-11-20T06:02:11Z", 50).put("moving_time", 25);
    indoors(details, "2026-11-20T06:03:01Z", 50).put("moving_time", 45);

    assertThat(Samples.made(details, seconds(1, 100) + "}").getLapMesgs())
        .extracting(LapMesg::getTotalTimerTime)
        .containsExactly(25f, 45f);
  }

  @Test
  void hillsTemperatureStartAndStridesAreSummedUp() throws Exception {
    ObjectNode details = Samples.details();
    lap(details, 0, 3, 9);
    lap(details, 4, 7, 9);

    FitMessages messages =
        Samples.made(
            details,
            "{\"time\":{\"data\":[0,10,20,30,40,50,60,70]}"
                + ",\"altitude\":{\"data\":[100,98,98.4,95,95.5,105,104.6,100]}"
                + ",\"temp\":{\"data\":[-4,-3,-3,-2,-1,0,1,2]}"
                + ",\"cadence\":{\"data\":[0,84,84,84,84,84,0,84]}"
                + ",\"distance\":{\"data\":[0,30,60,90,120,150,180,210]}"
                + ",\"latlng\":{\"data\":[null,[51.05,3.72],[51.1,3.7],[51.1,3.7],"
                + "[51.2,3.6],[51.2,3.6],[51.2,3.6],[51.2,3.6]]}}");

    LapMesg first = messages.getLapMesgs().get(0);
    LapMesg second = messages.getLapMesgs().get(1);
    SessionMesg whole = session(messages);
    assertThat(List.of(first.getTotalDescent(), second.getTotalDescent(), whole.getTotalDescent()))
        .containsExactly(5, 5, 10);
    assertThat(whole.getTotalAscent()).isEqualTo(10);
    assertThat(whole.getAvgTemperature()).isEqualTo((byte) -1);
    assertThat(whole.getMaxTemperature()).isEqualTo((byte) 2);
    assertThat(first.getAvgTemperature()).isEqualTo((byte) -3);
    assertThat(first.getMaxTemperature()).isEqualTo((byte) -2);
    assertThat(List.of(first.getTotalCycles(), second.getTotalCycles(), whole.getTotalCycles()))
        .containsExactly(56L, 28L, 84L);
    assertThat(whole.getStartPositionLat()).isEqualTo(FitUnits.latitude(51.05));
    assertThat(whole.getStartPositionLong()).isEqualTo(FitUnits.longitude(3.72));
    assertThat(first.getStartPositionLat()).isEqualTo(FitUnits.latitude(51.05));
    assertThat(second.getStartPositionLat()).isEqualTo(FitUnits.latitude(51.2));
  }

  @Test
  void whatWasNotMeasuredIsNotSummedUp() throws Exception {
    SessionMesg session = session(Samples.made(Samples.details(), seconds(1, 9) + "}"));

    assertThat(session.getTotalDescent()).isNull();
    assertThat(session.getTotalCycles()).isNull();
    assertThat(session.getAvgTemperature()).isNull();
    assertThat(session.getStartPositionLat()).isNull();
  }
}
