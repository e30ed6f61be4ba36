package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.garmin.fit.ActivityMesg;
import com.garmin.fit.Event;
import com.garmin.fit.EventMesg;
import com.garmin.fit.EventType;
import com.garmin.fit.FitMessages;
import com.garmin.fit.LapMesg;
import com.garmin.fit.Mesg;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import com.garmin.fit.SubSport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityFileWriterTest {
  private static final Instant START = FitSamples.START;
  private static final FileId FILE_ID =
      new FileId(FileId.DEVELOPMENT, 1, OptionalLong.of(4711), START, Optional.of("sample"));
  private static final Sport RUNNING = new Sport(1, 0);
  private static final Map<SummaryField, Double> UNKNOWN = Map.of();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("activity.fit");
  }

  @Test
  void writesWhoMadeTheFile() throws Exception {
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      writer.creator(2.11);
      writer.device(
          new Device(
              START,
              Device.CREATOR,
              FileId.DEVELOPMENT,
              7,
              OptionalLong.of(99),
              OptionalDouble.of(2.11),
              Optional.of("Uhr für Läufer")));
      writer.device(
          new Device(
              START, 1, 1, 3992, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty()));
      finish(writer);
    }
    FitMessages decoded = GarminDecoder.decodeValid(file);
    assertThat(decoded.getFileIdMesgs().get(0))
        .satisfies(
            id -> {
              assertThat(id.getType()).isEqualTo(com.garmin.fit.File.ACTIVITY);
              assertThat(id.getManufacturer()).isEqualTo(255);
              assertThat(id.getProduct()).isEqualTo(1);
              assertThat(id.getSerialNumber()).isEqualTo(4711);
              assertThat(id.getTimeCreated().getDate().toInstant()).isEqualTo(START);
              assertThat(id.getProductName()).isEqualTo("sample");
            });
    assertThat(decoded.getFileCreatorMesgs().get(0).getSoftwareVersion()).isEqualTo(211);
    assertThat(decoded.getDeviceInfoMesgs().get(0))
        .satisfies(
            device -> {
              assertThat(device.getDeviceIndex()).isEqualTo((short) 0);
              assertThat(device.getManufacturer()).isEqualTo(255);
              assertThat(device.getProduct()).isEqualTo(7);
              assertThat(device.getSerialNumber()).isEqualTo(99);
              assertThat(device.getSoftwareVersion()).isEqualTo(2.11f);
              assertThat(device.getProductName()).isEqualTo("Uhr für Läufer");
            });
    assertThat(decoded.getDeviceInfoMesgs().get(1))
        .satisfies(
            device -> {
              assertThat(device.getDeviceIndex()).isEqualTo((short) 1);
              assertThat(device.getSerialNumber()).isNull();
              assertThat(device.getSoftwareVersion()).isNull();
              assertThat(device.getProductName()).isNull();
            });
  }

  @Test
  void writesStartPauseAndEnd() throws Exception {
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      device(writer);
      writer.timer(START, TimerEvent.START);
      writer.timer(START.plusSeconds(10), TimerEvent.STOP);
      writer.timer(START.plusSeconds(25), TimerEvent.START);
      writer.timer(START.plusSeconds(60), TimerEvent.STOP_ALL);
      finish(writer);
    }
    List<EventMesg> events = GarminDecoder.decodeValid(file).getEventMesgs();
    assertThat(events).allSatisfy(event -> assertThat(event.getEvent()).isEqualTo(Event.TIMER));
    assertThat(events)
        .extracting(EventMesg::getEventType)
        .containsExactly(EventType.START, EventType.STOP, EventType.START, EventType.STOP_ALL);
    assertThat(events)
        .extracting(
            event ->
                event.getTimestamp().getDate().toInstant().getEpochSecond()
                    - START.getEpochSecond())
        .containsExactly(0L, 10L, 25L, 60L);
  }

  @Test
  void definesEachMessageOnce() throws Exception {
    assertThat(sizeWithPauses(50) - sizeWithPauses(0)).isEqualTo(50 * 2 * 8);
  }

  @Test
  void writesPoints() throws Exception {
    try (ActivityFileWriter writer = all()) {
      device(writer);
      writer.point(
          new TrackPoint(
              START, 48.137154, -11.576124, 519.4, 12.34, 3.456, 141, 85.5, 245, -1.25, -3));
      finish(writer);
    }
    RecordMesg point = GarminDecoder.decodeValid(file).getRecordMesgs().get(0);
    assertThat(point.getTimestamp().getDate().toInstant()).isEqualTo(START);
    assertThat(point.getPositionLat()).isEqualTo((int) Math.round(48.137154 * 0x1p31 / 180));
    assertThat(point.getPositionLong()).isEqualTo((int) Math.round(-11.576124 * 0x1p31 / 180));
    assertThat(point.getEnhancedAltitude()).isEqualTo(519.4f);
    assertThat(point.getDistance()).isEqualTo(12.34f);
    assertThat(point.getEnhancedSpeed()).isEqualTo(3.456f);
    assertThat(point.getHeartRate()).isEqualTo((short) 141);
    assertThat(point.getCadence()).isEqualTo((short) 85);
    assertThat(point.getFractionalCadence()).isEqualTo(0.5f);
    assertThat(point.getPower()).isEqualTo(245);
    assertThat(point.getGrade()).isEqualTo(-1.25f);
    assertThat(point.getTemperature()).isEqualTo((byte) -3);
  }

  @Test
  void writesWhatIsNotKnownAsNotKnown() throws Exception {
    double no = Double.NaN;
    try (ActivityFileWriter writer = all()) {
      device(writer);
      writer.point(new TrackPoint(START, 48, no, no, no, no, no, no, no, no, no));
      writer.point(new TrackPoint(START, no, 11, no, no, no, no, no, no, no, no));
      finish(writer);
    }
    assertThat(GarminDecoder.decodeValid(file).getRecordMesgs())
        .hasSize(2)
        .allSatisfy(this::tellsOnlyItsTime);
  }

  @Test
  void writesWhatDoesNotFitAsNotKnown() throws Exception {
    double giant = 1e12;
    try (ActivityFileWriter writer = all()) {
      device(writer);
      writer.point(
          new TrackPoint(START, 90.1, 0, -500.2, -0.01, -0.001, 255, 255, 65_535, 327.67, 127));
      writer.point(new TrackPoint(START, 0, 180.1, giant, giant, giant, -1, -1, -1, -327.69, -129));
      writer.point(
          new TrackPoint(
              START,
              Double.POSITIVE_INFINITY,
              0,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              Double.MAX_VALUE,
              Double.MAX_VALUE,
              Double.POSITIVE_INFINITY,
              -Double.MAX_VALUE,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY));
      finish(writer);
    }
    assertThat(GarminDecoder.decodeValid(file).getRecordMesgs())
        .hasSize(3)
        .allSatisfy(this::tellsOnlyItsTime);
  }

  @Test
  void writesOnlyTheFieldsAskedFor() throws Exception {
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(
            file, FILE_ID, EnumSet.of(TrackField.HEART_RATE, TrackField.DISTANCE))) {
      device(writer);
      writer.point(new TrackPoint(START, 48, 11, 500, 10, 3, 141, 85, 245, 0, 20));
      finish(writer);
    }
    assertThat(GarminDecoder.decodeValid(file).getRecordMesgs().get(0).getFields())
        .extracting(com.garmin.fit.Field::getName)
        .containsExactlyInAnyOrder("timestamp", "heart_rate", "distance");
  }

  @Test
  void writesPolesAndDateLine() throws Exception {
    try (ActivityFileWriter writer = all()) {
      device(writer);
      writer.point(place(90, 0));
      writer.point(place(-90, -180));
      writer.point(place(0, 179.9999999));
      writer.point(place(0, 180));
      finish(writer);
    }
    List<RecordMesg> points = GarminDecoder.decodeValid(file).getRecordMesgs();
    assertThat(points)
        .extracting(RecordMesg::getPositionLat)
        .containsExactly(1 << 30, -(1 << 30), 0, 0);
    assertThat(points)
        .extracting(RecordMesg::getPositionLong)
        .containsExactly(0, Integer.MIN_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE);
  }

  @Test
  void writesLapSessionAndActivity() throws Exception {
    Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
    summary.put(SummaryField.START_LATITUDE, -33.75);
    summary.put(SummaryField.START_LONGITUDE, 180.0);
    summary.put(SummaryField.DISTANCE, 10_000.25);
    summary.put(SummaryField.CYCLES, 5075.0);
    summary.put(SummaryField.CALORIES, 712.0);
    summary.put(SummaryField.AVERAGE_SPEED, 2.778);
    summary.put(SummaryField.MAXIMUM_SPEED, 4.321);
    summary.put(SummaryField.ASCENT, 123.0);
    summary.put(SummaryField.DESCENT, 98.0);
    summary.put(SummaryField.AVERAGE_HEART_RATE, 141.0);
    summary.put(SummaryField.MAXIMUM_HEART_RATE, 172.0);
    summary.put(SummaryField.AVERAGE_CADENCE, 85.5);
    summary.put(SummaryField.MAXIMUM_CADENCE, 92.25);
    summary.put(SummaryField.AVERAGE_POWER, 240.0);
    summary.put(SummaryField.MAXIMUM_POWER, 380.0);
    summary.put(SummaryField.AVERAGE_TEMPERATURE, -3.0);
    summary.put(SummaryField.MAXIMUM_TEMPERATURE, 1.0);
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      device(writer);
      writer.lap(new Lap(START, 3600.5, 3550.25, LapTrigger.DISTANCE, new Sport(1, 3), summary));
      writer.session(
          new Session(START, 3600.5, 3550.25, new Sport(1, 3), Optional.of("Über Stock"), summary));
      writer.finish(
          new Activity(
              START.plusSeconds(3600), 3550.25, Optional.of(ZoneOffset.ofHoursMinutes(5, 45))));
    }
    FitMessages decoded = GarminDecoder.decodeValid(file);
    LapMesg lap = decoded.getLapMesgs().get(0);
    assertThat(lap.getTimestamp().getDate().toInstant()).isEqualTo(START.plusSeconds(3600));
    assertThat(lap.getEvent()).isEqualTo(Event.LAP);
    assertThat(lap.getEventType()).isEqualTo(EventType.STOP);
    assertThat(lap.getLapTrigger()).isEqualTo(com.garmin.fit.LapTrigger.DISTANCE);
    assertThat(lap.getSubSport()).isEqualTo(SubSport.TRAIL);
    assertSummary(lap);
    SessionMesg session = decoded.getSessionMesgs().get(0);
    assertThat(session.getStartTime().getDate().toInstant()).isEqualTo(START);
    assertThat(session.getTimestamp().getDate().toInstant()).isEqualTo(START.plusSeconds(3600));
    assertThat(session.getEvent()).isEqualTo(Event.SESSION);
    assertThat(session.getSport()).isEqualTo(com.garmin.fit.Sport.RUNNING);
    assertThat(session.getSubSport()).isEqualTo(SubSport.TRAIL);
    assertThat(session.getSportProfileName()).isEqualTo("Über Stock");
    assertThat(session.getTrigger()).isEqualTo(com.garmin.fit.SessionTrigger.ACTIVITY_END);
    assertThat(session.getFirstLapIndex()).isZero();
    assertThat(session.getNumLaps()).isEqualTo(1);
    assertSummary(session);
    ActivityMesg activity = decoded.getActivityMesgs().get(0);
    assertThat(activity.getTotalTimerTime()).isEqualTo(3550.25f);
    assertThat(activity.getNumSessions()).isEqualTo(1);
    assertThat(activity.getType()).isEqualTo(com.garmin.fit.Activity.MANUAL);
    assertThat(activity.getEvent()).isEqualTo(Event.ACTIVITY);
    assertThat(activity.getEventType()).isEqualTo(EventType.STOP);
    assertThat(activity.getLocalTimestamp() - activity.getTimestamp().getTimestamp())
        .isEqualTo(20_700);
  }

  @Test
  void leavesOutTheLocalTimeWhereTheOffsetIsNotKnown() throws Exception {
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      writer.lap(new Lap(START, 1, 1, LapTrigger.MANUAL, RUNNING, UNKNOWN));
      writer.session(new Session(START, 1, 1, RUNNING, Optional.empty(), UNKNOWN));
      writer.finish(new Activity(START, 1, Optional.empty()));
    }
    FitMessages decoded = GarminDecoder.decode(Files.readAllBytes(file));
    assertThat(decoded.getActivityMesgs().get(0).getLocalTimestamp()).isNull();
    assertThat(decoded.getSessionMesgs().get(0).getSportProfileName()).isNull();
  }

  @Test
  void numbersLapsAndSessions() throws Exception {
    Instant transition = START.plusSeconds(100);
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      device(writer);
      writer.lap(new Lap(START, 60, 60, LapTrigger.TIME, RUNNING, UNKNOWN));
      writer.lap(new Lap(START.plusSeconds(60), 40, 30, LapTrigger.SESSION_END, RUNNING, UNKNOWN));
      writer.session(new Session(START, 100, 90, RUNNING, Optional.empty(), UNKNOWN));
      writer.lap(new Lap(transition, 50, 50, LapTrigger.SESSION_END, new Sport(2, 7), UNKNOWN));
      writer.session(new Session(transition, 50, 50, new Sport(2, 7), Optional.empty(), UNKNOWN));
      writer.finish(new Activity(START.plusSeconds(150), 140, Optional.of(ZoneOffset.UTC)));
    }
    FitMessages decoded = GarminDecoder.decodeValid(file);
    assertThat(decoded.getLapMesgs()).extracting(LapMesg::getMessageIndex).containsExactly(0, 1, 2);
    assertThat(decoded.getSessionMesgs())
        .extracting(SessionMesg::getMessageIndex)
        .containsExactly(0, 1);
    assertThat(decoded.getSessionMesgs())
        .extracting(SessionMesg::getFirstLapIndex)
        .containsExactly(0, 2);
    assertThat(decoded.getSessionMesgs()).extracting(SessionMesg::getNumLaps).containsExactly(2, 1);
    assertThat(decoded.getActivityMesgs().get(0).getType())
        .isEqualTo(com.garmin.fit.Activity.AUTO_MULTI_SPORT);
  }

  @Test
  void refusesAnActivityThatFitDoesNotAllow() throws Exception {
    try (ActivityFileWriter writer = all()) {
      Activity activity = new Activity(START, 1, Optional.empty());
      Session session = new Session(START, 1, 1, RUNNING, Optional.empty(), UNKNOWN);
      assertThatThrownBy(() -> writer.session(session)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.finish(activity)).isInstanceOf(IllegalStateException.class);
      writer.lap(new Lap(START, 1, 1, LapTrigger.MANUAL, RUNNING, UNKNOWN));
      assertThatThrownBy(() -> writer.finish(activity)).isInstanceOf(IllegalStateException.class);
      writer.session(session);
      assertThatThrownBy(() -> writer.session(session)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesPointsThatGoBackInTime() throws Exception {
    try (ActivityFileWriter writer = all()) {
      writer.point(place(0, 0));
      TrackPoint before = new TrackPoint(START.minusSeconds(1), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThatThrownBy(() -> writer.point(before))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2025-06-01T06:29:59Z cannot follow one at 2025-06-01T06:30:00Z");
    }
  }

  @Test
  void refusesTimesBeforeFitsEpochAndLeavesNoOpenFile() {
    FileId early =
        new FileId(
            1, 1, OptionalLong.empty(), Instant.parse("1980-01-01T00:00:00Z"), Optional.empty());
    assertThatThrownBy(() -> ActivityFileWriter.create(file, early, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1980-01-01T00:00:00Z");
  }

  @Test
  void refusesSportsThatAreNone() {
    assertThatThrownBy(() -> new Sport(255, 0))
        .hasMessageContaining("sport 255 is not within 0 to 254");
    assertThatThrownBy(() -> new Sport(0, -1))
        .hasMessageContaining("sub_sport -1 is not within 0 to 254");
  }

  @Test
  void keepsTenHoursWhole() throws Exception {
    FitSamples.writeRun(file, 36_000);
    FitMessages decoded = GarminDecoder.decodeValid(file);
    assertThat(decoded.getRecordMesgs()).hasSize(36_000);
    assertThat(decoded.getRecordMesgs().get(35_999).getDistance()).isEqualTo(89_997.5f);
  }

  private long sizeWithPauses(int pauses) throws Exception {
    try (ActivityFileWriter writer = ActivityFileWriter.create(file, FILE_ID, Set.of())) {
      writer.timer(START, TimerEvent.START);
      for (int i = 0; i < pauses; i++) {
        writer.timer(START, TimerEvent.STOP);
        writer.timer(START, TimerEvent.START);
      }
      finish(writer);
    }
    return Files.size(file);
  }

  private ActivityFileWriter all() throws Exception {
    return ActivityFileWriter.create(file, FILE_ID, EnumSet.allOf(TrackField.class));
  }

  private static TrackPoint place(double latitude, double longitude) {
    return new TrackPoint(START, latitude, longitude, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static void device(ActivityFileWriter writer) throws Exception {
    writer.device(
        new Device(
            START,
            Device.CREATOR,
            FileId.DEVELOPMENT,
            1,
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty()));
  }

  private static void finish(ActivityFileWriter writer) throws Exception {
    writer.lap(new Lap(START, 60, 45, LapTrigger.SESSION_END, RUNNING, UNKNOWN));
    writer.session(new Session(START, 60, 45, RUNNING, Optional.empty(), UNKNOWN));
    writer.finish(new Activity(START.plusSeconds(60), 45, Optional.of(ZoneOffset.UTC)));
  }

  private void tellsOnlyItsTime(RecordMesg point) {
    assertThat(point.getFields())
        .filteredOn(field -> field.getValue() != null)
        .extracting(com.garmin.fit.Field::getName)
        .containsExactly("timestamp");
  }

  /** Uses the field names of Garmin's profile, which are equal for laps and sessions. */
  private static void assertSummary(Mesg message) {
    assertThat(message.getFieldDoubleValue("total_elapsed_time")).isEqualTo(3600.5);
    assertThat(message.getFieldDoubleValue("total_timer_time")).isEqualTo(3550.25);
    assertThat(message.getFieldDoubleValue("total_distance")).isEqualTo(10_000.25);
    assertThat(message.getFieldDoubleValue("enhanced_avg_speed")).isEqualTo(2.778);
    assertThat(message.getFieldDoubleValue("enhanced_max_speed")).isEqualTo(4.321);
    assertThat(message.getFieldIntegerValue("total_ascent")).isEqualTo(123);
    assertThat(message.getFieldIntegerValue("total_descent")).isEqualTo(98);
    assertThat(message.getFieldIntegerValue("avg_heart_rate")).isEqualTo(141);
    assertThat(message.getFieldIntegerValue("max_heart_rate")).isEqualTo(172);
    assertThat(message.getFieldIntegerValue("avg_cadence")).isEqualTo(85);
    assertThat(message.getFieldDoubleValue("avg_fractional_cadence")).isEqualTo(0.5);
    assertThat(message.getFieldIntegerValue("max_cadence")).isEqualTo(92);
    assertThat(message.getFieldDoubleValue("max_fractional_cadence")).isEqualTo(0.25);
    assertThat(message.getFieldIntegerValue("avg_power")).isEqualTo(240);
    assertThat(message.getFieldIntegerValue("max_power")).isEqualTo(380);
    assertThat(message.getFieldIntegerValue("total_calories")).isEqualTo(712);
    assertThat(message.getFieldIntegerValue("total_cycles")).isEqualTo(5075);
    assertThat(message.getFieldIntegerValue("avg_temperature")).isEqualTo(-3);
    assertThat(message.getFieldIntegerValue("max_temperature")).isEqualTo(1);
    assertThat(message.getFieldIntegerValue("start_position_lat"))
        .isEqualTo(FitUnits.latitude(-33.75));
    assertThat(message.getFieldIntegerValue("start_position_long")).isEqualTo(Integer.MIN_VALUE);
  }
}
