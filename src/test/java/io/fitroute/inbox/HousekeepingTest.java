package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
      Inbox past = new Inbox(ledger, then);
      for (int number = 0; number < 1200; number++) {
        accept(past, "old-" + number, then.instant());
      }
      accept(past, "waiting", then.instant());
      past.leases().claim(1200, Duration.ofDays(200)).forEach(event -> settle(past, event));
      Inbox present = new Inbox(ledger, now);
      accept(present, "young", now.instant());
      present.leases().claim(2, Duration.ofMinutes(1)).stream()
          .filter(event -> event.objectId().equals("young"))
          .forEach(event -> settle(present, event));

      int forgotten = new Housekeeping(ledger, Duration.ofDays(90), now).forget();

      assertThat(forgotten).isEqualTo(1200);
      assertThat(
              ledger
                  .read()
                  .sql("select object_id from event order by 1")
                  .query(String.class)
                  .list())
          .containsExactly("waiting", "young");
      assertThat(ledger.read().sql("select count(*) from story").query(Long.class).single())
          .isEqualTo(1);
    }
  }

  private static void accept(Inbox inbox, String id, Instant time) {
    inbox.accept(NewEvent.request("test", Lane.MANUAL, "activity", id, "1", time)).join();
  }

  private static void settle(Inbox inbox, Event event) {
    inbox.outcomes().record(event, new RetryPolicy.Next.End(EventState.DONE, "done"));
  }
}
