package io.fitroute.strava.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.strava.api.StravaRefusal;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading an activity's details. */
class ActivityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant READ = Instant.parse("2026-11-20T08:00:00Z");

  private static ObjectNode details() {
    return JSON.createObjectNode()
        .put("id", 16999000111L)
        .put("name", "Canal out and back")
        .put("type", "Run")
        .put("sport_type", "TrailRun")
        .put("start_date", "2026-11-20T06:02:11Z")
        .put("start_date_local", "2026-11-20T07:02:11Z")
        .put("utc_offset", 3600.0)
        .set("athlete", JSON.createObjectNode().put("id", 4455667L));
  }

  private static Activity read(ObjectNode details) {
    return Activity.of(details, READ);
  }

  @Test
  void readsWhatMattersHere() {
    Activity activity = read(details());

    assertThat(activity.id()).isEqualTo("16999000111");
    assertThat(activity.athleteId()).isEqualTo("4455667");
    assertThat(activity.name()).isEqualTo("Canal out and back");
    assertThat(activity.sportType()).isEqualTo("TrailRun");
    assertThat(activity.start()).isEqualTo("2026-11-20T06:02:11Z");
    assertThat(activity.startLocal()).isEqualTo("2026-11-20T07:02:11");
    assertThat(activity.manual()).isFalse();
    assertThat(activity.readAt()).isEqualTo(READ);
    assertThat(read(details().put("manual", true)).manual()).isTrue();
  }

  @Test
  void keepsNeitherEffortsNorPhotographs() {
    ObjectNode details = details().put("distance", 5000.5).put("description", "long");
    details.putArray("segment_efforts").addObject().put("id", 1);

    ObjectNode before = details.deepCopy();
    assertThat(read(details).details())
        .isEqualTo(
            before
                .deepCopy()
                .without(java.util.List.of("description", "segment_efforts", "athlete")));
    assertThat(details).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "start_date"})
  void isNothingWithoutANumberOrAStart(String field) {
    ObjectNode missing = details();
    missing.remove(field);
    for (ObjectNode details :
        new ObjectNode[] {missing, details().putNull(field), details().put(field, "")}) {
      assertThatThrownBy(() -> read(details))
          .isInstanceOf(StravaRefusal.class)
          .hasMessageContaining(field);
    }
    ObjectNode nested = details();
    nested.putObject(field);
    assertThatThrownBy(() -> read(nested)).isInstanceOf(StravaRefusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-13-01T00:00:00Z",
        "0001-06-01T00:00:00Z",
        "9999-06-01T00:00:00Z"
      })
  void aStartIsADateThatEveryCalendarKnows(String start) {
    assertThatThrownBy(() -> read(details().put("start_date", start)))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("start_date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0002-01-01T00:00:00Z", "9998-12-31T23:59:59Z"})
  void isReadWhateverItsYear(String start) {
    assertThat(read(details().put("start_date", start)).start()).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T07:02:11Z, 0, 2026-11-20T07:02:11",
    "2026-11-20T07:02:11+09:00, 0, 2026-11-20T07:02:11",
    "2026-11-20T07:02:11, 0, 2026-11-20T07:02:11",
    // an unreadable local time is replaced using the offset from UTC
    "today, 19800.4, 2026-11-20T11:32:11",
    "today, -43200, 2026-11-19T18:02:11",
    "today, 64800, 2026-11-21T00:02:11",
    "today, -64800, 2026-11-19T12:02:11",
    "today, 64801, 2026-11-20T06:02:11",
    "9999-01-01T00:00:00Z, 3600, 2026-11-20T07:02:11",
    "0001-01-01T00:00:00Z, 3600, 2026-11-20T07:02:11"
  })
  void theTimeOnTheWallIsTakenAsItStands(String local, double offset, LocalDateTime expected) {
    assertThat(
            read(details().put("start_date_local", local).put("utc_offset", offset)).startLocal())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "TrailRun, Run, TrailRun",
    "'', Run, Run",
    "'not a type', Run, unknown",
    "'', '', unknown"
  })
  void theOlderTypeStandsInForTheSportType(String sportType, String type, String expected) {
    assertThat(read(details().put("sport_type", sportType).put("type", type)).sportType())
        .isEqualTo(expected);
  }

  @Test
  void aSportTypeHasUpTo64Characters() {
    assertThat(read(details().put("sport_type", "x".repeat(64))).sportType()).hasSize(64);
    assertThat(read(details().put("sport_type", "x".repeat(65))).sportType()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "-1", "12345678901234567890"})
  void anAthleteIsANumber(String id) {
    ObjectNode details = details();
    details.putObject("athlete").put("id", id);

    assertThat(read(details).athleteId()).isEmpty();
  }

  @Test
  void aNameIsCutBetweenCharacters() {
    String runner = "\uD83C\uDFC3";
    assertThat(name("x".repeat(1000))).hasSize(1000);
    assertThat(name("x".repeat(1001))).isEqualTo("x".repeat(1000));
    assertThat(name(runner.repeat(500))).isEqualTo(runner.repeat(500));
    assertThat(name("x" + runner.repeat(500))).isEqualTo("x" + runner.repeat(499));
    assertThat(name("a\0b")).isEqualTo("ab");
    assertThat(name("")).isEmpty();
  }

  private static String name(String name) {
    return read(details().put("name", name)).name();
  }

  @Test
  void staysAnonymousInLogs() {
    assertThat(read(details())).hasToString("activity 16999000111");
  }
}
