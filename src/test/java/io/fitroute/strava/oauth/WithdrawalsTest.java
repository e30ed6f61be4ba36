package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events that withdraw an athlete's permission, and what they end. */
class WithdrawalsTest {
  private static final String ANN = "4455667";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");

  private Event event(String aspect, Map<String, String> updates) {
    NewEvent told =
        new NewEvent(
            "strava",
            Priority.LIVE,
            1,
            "athlete",
            ANN,
            aspect,
            ANN,
            clock.instant(),
            new TreeMap<>(updates));
    return new Event(1, told, clock.instant(), 0, 0, false, "lease");
  }

  @ParameterizedTest
  @CsvSource({
    "update, authorized, false, false",
    "update, authorized, FALSE, false",
    "delete, authorized, true, false",
    "update, authorized, true, true",
    "update, title, false, true",
    "create, authorized, false, true"
  })
  void anUpdateToNotAuthorizedAndADeletionAreWithdrawals(
      String aspect, String field, String value, boolean somethingElse) {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      assertThat(
              new Deauthorizations(ledger, clock)
                  .isSomethingElse(event(aspect, Map.of(field, value))))
          .isEqualTo(somethingElse);
    }
  }

  @Test
  void whatWaitsEndsWithTheReasonAndTheWithdrawalItselfDoesNot() {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      inbox
          .accept(NewEvent.request("test", Priority.LIVE, "activity", "1", ANN, clock.instant()))
          .join();
      inbox
          .accept(NewEvent.request("test", Priority.LIVE, "athlete", ANN, ANN, clock.instant()))
          .join();
      List<Event> claimed = inbox.leases().claim(2, Duration.ofMinutes(1));
      Event withdrawal =
          claimed.stream()
              .filter(one -> one.objectType().equals("athlete"))
              .findAny()
              .orElseThrow();
      claimed.forEach(
          one ->
              inbox
                  .outcomes()
                  .record(one, new Next.Later(clock.instant().plusSeconds(60), 0, 0, "waits")));

      new Deauthorizations(ledger, clock).forget(withdrawal);

      assertThat(
              ledger
                  .read()
                  .sql("select object_type || ' ' || state || ' ' || reason from event order by 1")
                  .query(String.class)
                  .list())
          .containsExactly(
              "activity skipped the athlete withdrew the permission", "athlete pending waits");
    }
  }
}
