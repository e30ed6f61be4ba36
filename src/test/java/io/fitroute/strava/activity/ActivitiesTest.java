package io.fitroute.strava.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.ManualClock;
import io.fitroute.fit.FileFormat;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ActivityEvent;
import io.fitroute.strava.api.StravaRefusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known activities, and the requests they save. */
class ActivitiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(ActivityEvent.RECEIVED.toString());
  private Ledger ledger;
  private Activities activities;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    activities = activities(false, true, "Run", "TrailRun");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Activities activities(boolean manualWanted, boolean stored, String... wantedSportTypes) {
    return new Activities(
        ledger, new WantedSportTypes(List.of(wantedSportTypes)), manualWanted, stored, clock);
  }

  private static ObjectNode details() {
    return JSON.createObjectNode()
        .put("id", ActivityEvent.ACTIVITY)
        .put("name", "Canal")
        .put("sport_type", "TrailRun")
        .put("start_date", "2026-11-20T06:02:11Z")
        .put("start_date_local", "2026-11-20T07:02:11Z")
        .put("distance", 5000.5)
        .put("private", false);
  }

  private Activity read(JsonNode details) {
    return activities.read(details, ActivityEvent.create());
  }

  private Map<String, Object> row() {
    return ledger
        .read()
        .sql("select * from activity where id = ?")
        .param(ActivityEvent.ACTIVITY)
        .query()
        .singleRow();
  }

  private void markDeleted() {
    ledger.write(jdbc -> jdbc.sql("update activity set deleted_at = 1").update());
  }

  private Activity recalled(Event event) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    activities.recall(exchange, event);
    return exchange.getVariable("activity", Activity.class);
  }

  @Test
  void whatWasReadIsRecalledWithoutAskingAgain() {
    Activity read = read(details().put("manual", true));

    Activity recalled = recalled(ActivityEvent.create());

    assertThat(recalled)
        .usingRecursiveComparison()
        .ignoringFields("details", "athleteId")
        .isEqualTo(read);
    assertThat(recalled.athleteId()).isEqualTo(ActivityEvent.ATHLETE);
    assertThat(recalled.details().isMissingNode()).isTrue();
    assertThat(row()).containsEntry("distance", 5000.5);
  }

  @Test
  void anActivityOfAnotherAthleteThanTheEventSaysIsNotTakenNoteOf() {
    ObjectNode details = details();
    details.putObject("athlete").put("id", 99);

    assertThatThrownBy(() -> read(details))
        .isInstanceOf(OtherAthlete.class)
        .hasMessage("Strava says that it belongs to athlete 99, not to " + ActivityEvent.ATHLETE);

    assertThat(recalled(ActivityEvent.create())).isNull();
  }

  @Test
  void nothingIsRecalledOfWhatWasNeverRead() {
    assertThat(recalled(ActivityEvent.create())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true, false, true", "true, true, false", "false, false, false"})
  void anEntryByHandIsUnwantedUnlessTheSettingSaysOtherwise(
      boolean manual, boolean manualWanted, boolean unwanted) {
    Activity read = read(details().put("manual", manual));

    assertThat(activities(manualWanted, true, "*").isUnwantedManualEntry(read)).isEqualTo(unwanted);
  }

  @Test
  void detailsAreNotStoredWhereThatIsNotWanted() {
    activities = activities(false, false, "*");
    read(details());

    assertThat(row()).containsEntry("distance", null).containsEntry("name", null);
    assertThat(recalled(ActivityEvent.create()).name()).isEmpty();
    assertThat(recalled(ActivityEvent.update("title", "New")).name())
        .as("what an event says is not believed")
        .isEmpty();
  }

  @Test
  void detailsOfAnotherActivityAreRefused() {
    assertThatThrownBy(() -> read(details().put("id", "124")))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("another activity");
  }

  @ParameterizedTest
  @CsvSource({
    "Run, false, ''",
    "Ride, false, Ride is not wanted",
    "Run, true, it was entered by hand"
  })
  void whatIsNotWantedIsKnown(String sportType, boolean manual, String why) {
    assertThat(activities.whyUnwanted(ActivityEvent.create())).isEmpty();
    read(details().put("sport_type", sportType).put("manual", manual));

    assertThat(activities.whyUnwanted(ActivityEvent.create())).isEqualTo(why);
    assertThat(activities.isKnownUnwanted(ActivityEvent.create())).isEqualTo(!why.isEmpty());
    assertThat(activities.isKnownUnwanted(ActivityEvent.update("title", "x")))
        .isEqualTo(!why.isEmpty());
    // the type may have changed, and a manual request is always tried
    assertThat(activities.isKnownUnwanted(ActivityEvent.update("type", "Run"))).isFalse();
    assertThat(activities.isKnownUnwanted(ActivityEvent.byHand())).isFalse();
    // if manual entries are wanted, this one is
    assertThat(activities(true, true, "*").whyUnwanted(ActivityEvent.create())).isEmpty();

    markDeleted();
    assertThat(activities.whyUnwanted(ActivityEvent.create())).isEmpty();
  }

  @Test
  void whatWasReadBeforeAnUpdateIsOutdated() {
    Activity before = Activity.of(details(), ActivityEvent.RECEIVED.minusMillis(1));
    Activity after = Activity.of(details(), ActivityEvent.RECEIVED);
    Event update = ActivityEvent.update("title", "x");

    assertThat(activities.isOutdated(null, ActivityEvent.create())).isTrue();
    assertThat(activities.isOutdated("text", ActivityEvent.create())).isTrue();
    assertThat(activities.isOutdated(before, update)).isTrue();
    assertThat(activities.isOutdated(after, update)).isFalse();
    assertThat(activities.isOutdated(before, ActivityEvent.create())).isFalse();

    read(details());
    markDeleted();
    assertThat(activities.isOutdated(after, ActivityEvent.create())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Ride, true",
    "Run, false",
    "TrailRun, false",
    "'not a type', false",
    "VirtualRun, true"
  })
  void anotherTypeMeansThatTheActivityIsReadAgain(String type, boolean again) {
    Activity known = Activity.of(details(), Instant.EPOCH);

    assertThat(activities.isToBeReadAgain(ActivityEvent.update("type", type), known))
        .isEqualTo(again);
    assertThat(activities.isToBeReadAgain(ActivityEvent.update("type", type), null)).isFalse();
  }

  @Test
  void anActivityThatWasDeletedIsReadAgain() {
    Activity known = read(details());
    assertThat(activities.isToBeReadAgain(ActivityEvent.create(), known)).isFalse();
    markDeleted();

    assertThat(activities.isToBeReadAgain(ActivityEvent.create(), known)).isTrue();
    assertThat(activities.isToBeReadAgain(ActivityEvent.create(), null)).isTrue();

    clock.advance(Duration.ofSeconds(1));
    read(details());
    assertThat(activities.isToBeReadAgain(ActivityEvent.create(), known)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "title, Towpath, true",
    "title, %s, false",
    "private, true, true",
    "private, false, false",
    "authorized, false, false"
  })
  void anotherTitleOrVisibilityMeansThatTheActivityIsReadAgain(
      String field, String value, boolean again) {
    Activity known = read(details());
    Event update = ActivityEvent.update(field, value.formatted(known.name()));

    assertThat(activities.isToBeReadAgain(update, known)).isEqualTo(again);
    assertThat(activities.isToBeReadAgain(update, null)).isFalse();
    assertThat(row()).containsEntry("name", known.name()).containsEntry("private", 0);
  }

  @Test
  void theFormatOfTheOriginalIsNoted() {
    read(details());

    activities.recordOriginal(ActivityEvent.ACTIVITY, FileFormat.GPX);
    ledger.write(jdbc -> 0);

    assertThat(row()).containsEntry("original_format", "gpx");
  }
}
