package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionsTest {

  private static final Duration LEASE = Duration.ofDays(1);
  private static final int BRAKE = 3;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");

  private static NewEvent event(String aspect, Instant time) {
    return new NewEvent(
        "strava", Priority.LIVE, 1, "activity", "17", aspect, "4455667", time, new TreeMap<>());
  }

  private Event claimed(Inbox inbox, NewEvent event) {
    inbox.accept(event).join();
    return inbox.leases().claim(1, LEASE).get(0);
  }

  private Deletions deletions(Ledger ledger) {
    return new Deletions(
        ledger, new Deliveries(ledger, List.of(), clock, List.of()), sink -> true, BRAKE, clock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-20T11:59:00Z", "2999-01-01T00:00:00Z"})
  void whateverTimeADeletionClaimsAnActivityCanBeShownAgain(Instant claim) {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      Deletions deletions = deletions(ledger);
      Event delete = claimed(inbox, event("delete", claim));
      assertThat(deletions.isBraked(delete)).isFalse();
      Event same =
          new Event(2, event("create", Instant.EPOCH), clock.instant(), 0, 0, false, "lease");
      clock.advance(Duration.ofHours(1));
      Event later =
          new Event(3, event("create", clock.instant()), clock.instant(), 0, 0, false, "lease");

      assertThat(deletions.isConfirmed(same)).isTrue();
      assertThat(deletions.isConfirmed(later)).isFalse();
    }
  }

  @Test
  void aDeletionBeforeAnythingWasFetchedDoesNotCountForTheBrake() {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      Event create = claimed(inbox, event("create", clock.instant()));
      inbox.accept(event("delete", clock.instant())).join();
      Deletions deletions = deletions(ledger);

      assertThat(deletions.isReportedDeleted(create)).isTrue();
      deletions.confirmUnfetched(create);

      assertThat(deletions.isConfirmed(create)).isTrue();
      assertThat(
              ledger
                  .read()
                  .sql("select count(*) from tombstone where confirmed_at > 0")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }

  /** The deletion of an activity, held by a worker. */
  private Event deletion(Inbox inbox, String activity, String athlete) {
    NewEvent told =
        NewEvent.request("strava", Priority.LIVE, "activity", activity, athlete, clock.instant());
    inbox.accept(told).join();
    return inbox.leases().claim(1, LEASE).get(0);
  }

  private Ledger ledger() {
    return Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
  }

  @Test
  void deletionsOfOtherAthletesDoNotBrake() {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      Deletions deletions = deletions(ledger);
      for (String activity : List.of("1", "2", "3")) {
        assertThat(deletions.isBraked(deletion(inbox, activity, "ann"))).isFalse();
      }

      assertThat(deletions.isBraked(deletion(inbox, "4", "bob"))).as("Bob's first").isFalse();
      assertThat(deletions.isBraked(deletion(inbox, "5", "ann"))).as("Ann's fourth").isTrue();
    }
  }

  @Test
  void aDeletionThatIsTriedAgainDoesNotBrakeItself() {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      Deletions deletions = deletions(ledger);
      assertThat(deletions.isBraked(deletion(inbox, "1", "ann"))).isFalse();
      assertThat(deletions.isBraked(deletion(inbox, "2", "ann"))).isFalse();
      Event last = deletion(inbox, "3", "ann");
      assertThat(deletions.isBraked(last)).isFalse();

      assertThat(deletions.isBraked(last)).as("the next attempt").isFalse();
    }
  }

  @Test
  void deletionsOfTenMinutesAgoDoNotBrake() {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      Deletions deletions = deletions(ledger);
      for (String activity : List.of("1", "2", "3")) {
        assertThat(deletions.isBraked(deletion(inbox, activity, "ann"))).isFalse();
      }
      clock.advance(Duration.ofMinutes(10).minusMillis(1));
      Event fourth = deletion(inbox, "4", "ann");
      assertThat(deletions.isBraked(fourth)).isTrue();
      clock.advance(Duration.ofMillis(1));

      assertThat(deletions.isBraked(fourth)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "0, true", "1, false"})
  void anActivityThatStravaShowedAfterItsDeletionWasConfirmedIsNotGone(int seconds, boolean gone) {
    try (Ledger ledger = ledger()) {
      Event deletion = deletion(new Inbox(ledger, SystemServices.with(clock)), "17", "ann");
      clock.advance(Duration.ofMinutes(1));
      seen(ledger, "17", clock.instant().plusSeconds(seconds));
      seen(ledger, "18", clock.instant().minusSeconds(60));

      deletions(ledger).note(deletion);

      assertThat(gone(ledger)).isEqualTo(gone ? List.of("17") : List.of());
    }
  }

  private static void seen(Ledger ledger, String activity, Instant at) {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "insert into activity (id, athlete_id, sport_type, start_time, start_local,"
                        + " manual, read_at) values (?, 'ann', 'Run', 0, '', 0, ?)")
                .params(activity, at.toEpochMilli())
                .update());
  }

  private static List<String> gone(Ledger ledger) {
    return ledger
        .read()
        .sql("select id from activity where deleted_at is not null")
        .query(String.class)
        .list();
  }
}
