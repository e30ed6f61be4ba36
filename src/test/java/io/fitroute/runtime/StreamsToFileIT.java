package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.garmin.fit.DeviceInfoMesg;
import com.garmin.fit.EventType;
import com.garmin.fit.FitMessages;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.FitUnits;
import io.fitroute.fit.GarminDecoder;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual case without a browser session: the FIT file is written from the API's streams. */
class StreamsToFileIT {

  private static final long ATHLETE = TestBed.ATHLETE;
  private static final String STREAMS = "/api/v3/activities/*/streams";
  private static final String ORIGINAL = "/activities/*/export_original";

  @TempDir Path folder;

  private TestBed start(String... settings) {
    return start(TestBed.prepare(folder), settings);
  }

  private static TestBed startWithSession(Path folder, String... settings) {
    TestBed bed = TestBed.prepare(folder);
    return start(bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE)), settings);
  }

  private static TestBed start(TestBed bed, String... settings) {
    bed.connect();
    for (int i = 0; i < settings.length; i += 2) {
      bed.set(settings[i], settings[i + 1]);
    }
    bed.start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    bed.strava().clearRequests();
    return bed;
  }

  private static SimulatedActivity.Builder run() {
    return SimulatedActivity.run(ATHLETE);
  }

  private static FitMessages deliver(TestBed bed, SimulatedActivity activity) throws Exception {
    bed.strava().upload(activity);
    return delivered(bed, activity.id());
  }

  private static FitMessages delivered(TestBed bed, long id) throws Exception {
    await().until(() -> deliveries(bed, id), list -> !list.isEmpty());
    Delivery delivery = deliveries(bed, id).get(0);
    assertThat(delivery.provenance()).isEqualTo("streams");
    Path file = bed.downloads().resolve(delivery.path());
    assertThat(Files.size(file)).isEqualTo(delivery.size());
    return GarminDecoder.decodeValid(file);
  }

  private static List<Delivery> deliveries(TestBed bed, long id) {
    return bed.service().deliveries().of(Long.toString(id));
  }

  private static String reason(TestBed bed, long id, String state) {
    String sql =
        "select coalesce(max(reason), '') from event where object_id = ? and (state = ? or"
            + " (state = 'pending' and reason is not null and ? = 'pending'))";
    return await()
        .until(
            () ->
                bed.service()
                    .ledger()
                    .read()
                    .sql(sql)
                    .params(Long.toString(id), state, state)
                    .query(String.class)
                    .single(),
            found -> !found.isEmpty());
  }

  private static SessionMesg session(FitMessages messages) {
    assertThat(messages.getSessionMesgs()).hasSize(1);
    return messages.getSessionMesgs().get(0);
  }

  @Test
  void aRunCostsTwoReadsAndItsOriginalIsAskedForOnceAnHour() throws Exception {
    try (TestBed bed = start()) {
      FitMessages first = deliver(bed, run().id(11).build());

      assertThat(bed.strava().count("GET", "/api/v3/activities/**")).isEqualTo(2);
      assertThat(bed.strava().count("GET", ORIGINAL)).isEqualTo(1);
      assertThat(first.getRecordMesgs()).hasSize(1501);

      deliver(bed, run().id(12).build());

      assertThat(bed.strava().count("GET", "/api/v3/activities/**")).isEqualTo(4);
      assertThat(bed.strava().count("GET", ORIGINAL)).isEqualTo(1);
      assertThat(bed.files()).containsExactly("2026/11/11.fit", "2026/11/12.fit");
      try (var left = Files.list(folder.resolve("data/exports"))) {
        await().until(() -> left.toList().isEmpty());
      }
    }
  }

  @Test
  void itSaysWhoMadeItOfWhat() throws Exception {
    try (TestBed bed = start()) {
      FitMessages messages =
          deliver(bed, run().id(21).name("Canal \uD83C\uDFC3 out and back").build());

      assertThat(messages.getFileIdMesgs().get(0).getManufacturer()).isEqualTo(255);
      assertThat(messages.getFileIdMesgs().get(0).getProductName()).isEqualTo("fitroute");
      assertThat(messages.getFileCreatorMesgs()).hasSize(1);
      assertThat(messages.getDeviceInfoMesgs())
          .extracting(DeviceInfoMesg::getProductName)
          .containsExactly("fitroute", "Garmin Forerunner 265");
      assertThat(session(messages).getSportProfileName())
          .isEqualTo("Canal \uD83C\uDFC3 out and back");
    }
  }

  @Test
  void aRetryAsksForTheStreamsAlone() throws Exception {
    try (TestBed bed = start("retry.failing", "20ms,20ms,20ms")) {
      bed.strava().arm(FaultRule.on(STREAMS, Fault.status(503, "{}")).onlyTimes(1));

      deliver(bed, run().id(31).build());

      assertThat(bed.strava().count("GET", "/api/v3/activities/31")).isEqualTo(1);
      assertThat(bed.strava().count("GET", STREAMS)).isEqualTo(2);
    }
  }

  @Test
  void aCutAnswerIsAskedForAgain() throws Exception {
    try (TestBed bed = start("retry.failing", "20ms,20ms,20ms")) {
      bed.strava().arm(FaultRule.on(STREAMS, new Fault.CutBody(20_000)).onlyTimes(1));

      assertThat(deliver(bed, run().id(32).build()).getRecordMesgs()).hasSize(1501);
    }
  }

  @Test
  void streamsThatAreNotReadyAreWaitedFor() throws Exception {
    try (TestBed bed = start("retry.not-ready", "20ms,20ms,20ms,20ms")) {
      bed.strava().arm(FaultRule.on(STREAMS, Fault.notFound()).onlyTimes(1));
      bed.strava().arm(FaultRule.on(STREAMS, Fault.emptyStreams()).onlyTimes(1));
      bed.strava().arm(FaultRule.on(STREAMS, Fault.status(200, "[]")).onlyTimes(1));

      assertThat(deliver(bed, run().id(41).build()).getRecordMesgs()).hasSize(1501);
      assertThat(bed.strava().count("GET", "/api/v3/activities/41")).isEqualTo(1);
      assertThat(bed.strava().count("GET", STREAMS)).isEqualTo(4);
    }
  }

  @Test
  void streamsThatAreNotReadySaySoWhileTheyAreWaitedFor() throws Exception {
    try (TestBed bed = start("retry.not-ready", "1h")) {
      bed.strava().arm(STREAMS, Fault.notFound());
      bed.strava().upload(run().id(42).build());

      assertThat(reason(bed, 42, "pending")).contains("Strava does not have its streams yet");
      assertThat(bed.files()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"distance\":{\"data\":[0.0,2.9]}}", "{\"time\":{\"data\":[-1]}}", "{}"})
  void streamsWithoutPointsInTimeAreNotReady(String streams) throws Exception {
    try (TestBed bed = start("retry.not-ready", "20ms,20ms")) {
      bed.strava().arm(FaultRule.on(STREAMS, Fault.status(200, streams)).onlyTimes(1));

      assertThat(deliver(bed, run().id(43).build()).getRecordMesgs()).hasSize(1501);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"distance\":{\"data\":[0.0,2.9]}}", "{\"time\":{\"data\":[-1]}}", "{}"})
  void whatNeverGetsPointsIsSkippedOnceTheWaitingIsOver(String streams) throws Exception {
    try (TestBed bed = start("retry.not-ready", "10ms,10ms")) {
      bed.strava().arm(STREAMS, Fault.status(200, streams));
      bed.strava().upload(run().id(51).trainer(true).gps(false).distance(4200).build());

      assertThat(reason(bed, 51, "skipped")).contains("Strava has no streams of it");
      assertThat(bed.strava().count("GET", STREAMS)).isEqualTo(3);
      assertThat(bed.files()).isEmpty();
    }
  }

  @Test
  void aManualEntryIsSkippedUnlessItIsWanted() throws Exception {
    try (TestBed bed = start()) {
      bed.strava().upload(SimulatedActivity.manualRun(ATHLETE).id(61).build());

      assertThat(reason(bed, 61, "skipped")).contains("entered by hand");
      assertThat(bed.strava().count("GET", STREAMS)).isZero();
    }
  }

  @Test
  void aManualEntryThatIsWantedCostsOneRead() throws Exception {
    try (TestBed bed = start("strava.manual", "include")) {
      FitMessages messages = deliver(bed, SimulatedActivity.manualRun(ATHLETE).id(62).build());

      assertThat(session(messages).getTotalDistance()).isEqualTo(5000f);
      assertThat(messages.getRecordMesgs()).isEmpty();
      assertThat(bed.strava().count("GET", "/api/v3/activities/**")).isEqualTo(1);
    }
  }

  @Test
  void aManualEntryWithoutDurationIsSkipped() throws Exception {
    try (TestBed bed = start("strava.manual", "include")) {
      bed.strava()
          .upload(
              SimulatedActivity.manualRun(ATHLETE)
                  .id(63)
                  .movingTime(Duration.ZERO)
                  .pause(Duration.ZERO)
                  .build());

      assertThat(reason(bed, 63, "skipped")).contains("neither streams nor a duration");
    }
  }

  @Test
  void streamsOfTheOlderShapeDoAsWell() throws Exception {
    try (TestBed bed = start()) {
      bed.strava()
          .arm(
              STREAMS,
              Fault.status(
                  200,
                  """
                  [{"data":[0,1,null,3],"type":"time"},
                   {"type":"heartrate","data":[120,null,122,123],"series_type":"time"},
                   {"type":"a new one","data":[{"x":1},"y"]},
                   {"type":"latlng","data":[[51.05,3.72],[],null,[51.0502,3.7201]]}]
                  """));

      FitMessages messages = deliver(bed, run().id(71).build());

      assertThat(messages.getRecordMesgs()).hasSize(3);
      assertThat(messages.getRecordMesgs())
          .extracting(RecordMesg::getHeartRate)
          .containsExactly((short) 120, null, (short) 123);
      assertThat(messages.getRecordMesgs().get(1).getPositionLat()).isNull();
    }
  }

  @Test
  void streamsOfDifferentLengthsAreRefusedWithTheirLengths() throws Exception {
    try (TestBed bed = start()) {
      bed.strava()
          .arm(
              STREAMS,
              Fault.status(200, "{\"time\":{\"data\":[0,1]},\"temp\":{\"data\":[20,20,20]}}"));
      bed.strava().upload(run().id(72).build());

      await().untilAsserted(() -> assertThat(reason(bed, 72, "dead")).contains("time 2, temp 3"));
    }
  }

  @Test
  void theBudgetIsHeeded() throws Exception {
    try (TestBed bed = start()) {
      bed.strava().arm(STREAMS, Fault.rateLimited());
      bed.strava().upload(run().id(73).build());

      assertThat(reason(bed, 73, "pending")).containsIgnoringCase("budget");
    }
  }

  @Test
  void aHiddenStartKeepsItsLocalDay() throws Exception {
    try (TestBed bed = start()) {
      FitMessages messages =
          deliver(
              bed,
              run()
                  .id(81)
                  .hiddenStart(true)
                  .start(Instant.parse("2026-11-20T03:30:00Z"))
                  .zone(ZoneId.of("America/Los_Angeles"))
                  .build());

      var activity = messages.getActivityMesgs().get(0);
      Instant local = FitUnits.instant(activity.getLocalTimestamp());
      assertThat(local.toString()).startsWith("2026-11-19");
      assertThat(bed.files()).containsExactly("2026/11/81.fit");
    }
  }

  @Test
  void aRunIntoTheNewYearInAHalfHourZoneLiesWhereItBegan() throws Exception {
    try (TestBed bed = start()) {
      FitMessages messages =
          deliver(
              bed,
              run()
                  .id(82)
                  .start(Instant.parse("2026-12-31T18:20:00Z"))
                  .zone(ZoneId.of("Asia/Kolkata"))
                  .build());

      assertThat(bed.files()).containsExactly("2026/12/82.fit");
      var activity = messages.getActivityMesgs().get(0);
      long ahead = activity.getLocalTimestamp() - activity.getTimestamp().getTimestamp();
      assertThat(ahead).isEqualTo(5 * 3600 + 1800);
      assertThat(FitUnits.instant(activity.getLocalTimestamp()).toString())
          .startsWith("2027-01-01T00:15:40");
    }
  }

  @Test
  void thePauseStopsTheStopwatch() throws Exception {
    try (TestBed bed = start()) {
      FitMessages messages = deliver(bed, run().id(83).pause(Duration.ofMinutes(3)).build());

      assertThat(messages.getEventMesgs())
          .extracting(event -> event.getEventType())
          .containsExactly(EventType.START, EventType.STOP, EventType.START, EventType.STOP_ALL);
      assertThat(session(messages).getTotalTimerTime()).isEqualTo(1500f);
      assertThat(session(messages).getTotalElapsedTime()).isEqualTo(1680f);
    }
  }

  @Test
  void aFileOfStreamsIsLikeTheOriginal() throws Exception {
    SimulatedActivity run = run().id(91).distance(10_042.6).build();
    FitMessages made;
    try (TestBed bed = start("fit.exports", "streams")) {
      made = deliver(bed, run);
    }
    Path second = Files.createDirectory(folder.resolve("second"));
    FitMessages original;
    try (TestBed bed = startWithSession(second)) {
      bed.strava().upload(run);
      await().until(() -> !deliveries(bed, 91).isEmpty());
      original =
          GarminDecoder.decodeValid(bed.downloads().resolve(deliveries(bed, 91).get(0).path()));
    }

    SessionMesg one = session(made);
    SessionMesg other = session(original);
    assertThat(one.getTotalDistance()).isEqualTo(other.getTotalDistance());
    assertThat(one.getTotalElapsedTime()).isEqualTo(other.getTotalElapsedTime());
    assertThat(one.getTotalTimerTime()).isEqualTo(other.getTotalTimerTime());
    assertThat(one.getSport()).isEqualTo(other.getSport());
    assertThat(one.getAvgHeartRate()).isEqualTo(other.getAvgHeartRate());
    assertThat(one.getMaxHeartRate()).isEqualTo(other.getMaxHeartRate());
    assertThat(one.getNumLaps()).isEqualTo(other.getNumLaps());
    assertThat(made.getRecordMesgs()).hasSameSizeAs(original.getRecordMesgs());
    for (int i = 0; i < made.getRecordMesgs().size(); i++) {
      RecordMesg point = made.getRecordMesgs().get(i);
      RecordMesg there = original.getRecordMesgs().get(i);
      assertThat(point.getTimestamp().getTimestamp())
          .isEqualTo(there.getTimestamp().getTimestamp());
      assertThat(point.getPositionLat()).isEqualTo(there.getPositionLat());
      assertThat(point.getPositionLong()).isEqualTo(there.getPositionLong());
      assertThat(point.getHeartRate()).isEqualTo(there.getHeartRate());
      assertThat(point.getDistance()).isEqualTo(there.getDistance());
      assertThat(point.getCadence()).isEqualTo(there.getCadence());
      assertThat(point.getEnhancedAltitude()).isCloseTo(there.getEnhancedAltitude(), within(0.2f));
    }
  }

  @Test
  void aForeignOriginalIsPassedOver() throws Exception {
    try (TestBed bed = startWithSession(folder)) {
      deliver(bed, run().id(95).original(OriginalFormat.GPX).build());

      assertThat(bed.files()).containsExactly("2026/11/95.fit");
    }
  }
}
