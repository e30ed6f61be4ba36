package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class HousekeepingTest {

  @Parameter private Database database;

  @TempDir Path folder;

  @Test
  void forgetsWhatHasEndedLongAgoAndNothingElse() {
    Clock now = Clock.systemUTC();
    Clock then = Clock.offset(now, Duration.ofDays(-91));
    try (Ledger ledger = Ledger.open(database.url(folder), "", "")) {
      Inbox past = new Inbox(ledger, SystemServices.with(then));
      for (int number = 0; number < 1200; number++) {
        accept(past, "old-" + number, then.instant());
      }
      accept(past, "waiting", then.instant());
      past.leases().claim(1200, Duration.ofDays(200)).forEach(event -> settle(past, event));
      Inbox present = new Inbox(ledger, SystemServices.with(now));
      accept(present, "young", now.instant());
      present.leases().claim(2, Duration.ofMinutes(1)).stream()
          .filter(event -> event.objectId().equals("young"))
          .forEach(event -> settle(present, event));

      int forgotten = housekeeping(ledger, now).forget();

      assertThat(forgotten).isEqualTo(1200);
      assertThat(
              ledger
                  .read()
                  .sql("select object_id from event order by 1")
                  .query(String.class)
                  .list())
          .containsExactly("waiting", "young");
      assertThat(ledger.read().sql("select count(*) from event_log").query(Long.class).single())
          .isEqualTo(1);
    }
  }

  @Test
  void forgetsSoonWhatWasIgnoredWithoutAskingAnybody() {
    Clock now = Clock.systemUTC();
    Clock then = Clock.offset(now, Duration.ofHours(-25));
    try (Ledger ledger = Ledger.open(database.url(folder), "", "")) {
      for (String id : List.of("ignored", "asked", "done", "by hand")) {
        Priority priority = id.equals("by hand") ? Priority.MANUAL : Priority.LIVE;
        Inbox past = new Inbox(ledger, SystemServices.with(then));
        past.accept(NewEvent.request("test", priority, "activity", id, "1", then.instant())).join();
        Event event = past.leases().claim(1, Duration.ofMinutes(1)).get(0);
        EventState end = id.equals("done") ? EventState.DONE : EventState.SKIPPED;
        past.outcomes().record(event, new RetryPolicy.Next.End(end, "why"));
      }
      accept(new Inbox(ledger, SystemServices.with(then)), "waiting", then.instant());
      ledger.write(
          jdbc -> jdbc.sql("update event set asked = 1 where object_id = 'asked'").update());

      assertThat(housekeeping(ledger, now).forget()).isOne();

      assertThat(
              ledger
                  .read()
                  .sql("select object_id from event order by id")
                  .query(String.class)
                  .list())
          .containsExactly("asked", "done", "by hand", "waiting");
      assertThat(ledger.read().sql("select count(*) from event_log").query(Long.class).single())
          .isEqualTo(3);
    }
  }

  private static Housekeeping housekeeping(Ledger ledger, Clock clock) {
    return new Housekeeping(ledger, Duration.ofDays(90), Duration.ofDays(1), clock);
  }

  private static void accept(Inbox inbox, String id, Instant time) {
    inbox.accept(NewEvent.request("test", Priority.MANUAL, "activity", id, "1", time)).join();
  }

  private static void settle(Inbox inbox, Event event) {
    inbox.outcomes().record(event, new RetryPolicy.Next.End(EventState.DONE, "done"));
  }
}
