package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemovalsTest {

  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");

  private static NewEvent event(String aspect, Instant time) {
    return new NewEvent(
        "strava", Lane.LIVE, 1, "activity", "17", aspect, "4455667", time, new TreeMap<>());
  }

  private Event claimed(Inbox inbox, NewEvent event) {
    inbox.accept(event).join();
    return inbox.leases().claim(1, LEASE).get(0);
  }

  private Removals removals(Ledger ledger) {
    return new Removals(
        ledger, new Deliveries(ledger, List.of(), clock, List.of()), sink -> true, 5, clock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-20T11:59:00Z", "2999-01-01T00:00:00Z"})
  void whateverTimeADeletionClaimsAnActivityCanBeShownAgain(Instant claim) {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Inbox inbox = new Inbox(ledger, clock);
      Removals removals = removals(ledger);
      Event delete = claimed(inbox, event("delete", claim));
      assertThat(removals.isBraked(delete)).isFalse();
      removals.bury(delete);
      Event same = new Event(2, event("create", Instant.EPOCH), clock.instant(), 0, 0, "lease");
      clock.advance(Duration.ofHours(1));
      Event later = new Event(3, event("create", clock.instant()), clock.instant(), 0, 0, "lease");

      assertThat(removals.isBuried(same)).isTrue();
      assertThat(removals.isBuried(later)).isFalse();
    }
  }

  @Test
  void aDeletionBeforeAnythingWasFetchedDoesNotCountForTheBrake() {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Inbox inbox = new Inbox(ledger, clock);
      Event create = claimed(inbox, event("create", clock.instant()));
      inbox.accept(event("delete", clock.instant())).join();
      Removals removals = removals(ledger);

      assertThat(removals.isToldDeleted(create)).isTrue();
      removals.buryUnfetched(create);

      assertThat(removals.isBuried(create)).isTrue();
      assertThat(
              ledger
                  .read()
                  .sql("select count(*) from tombstone where told_at > 0")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }
}
