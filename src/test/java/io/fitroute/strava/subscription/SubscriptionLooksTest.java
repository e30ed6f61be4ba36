package io.fitroute.strava.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.subscription.SubscriptionKeeper.Leave;
import io.fitroute.strava.subscription.SubscriptionKeeper.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the webhook subscription is checked. */
class SubscriptionLooksTest {

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Notices notices;
  private SubscriptionKeeper keeper;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    notices = new Notices(ledger, Announcements.none(), clock);
    ApiApplication application = new ApiApplication(Optional.of("1"), Optional.of("secret"));
    keeper =
        new SubscriptionKeeper(
            new Callback(application, Optional.empty(), Optional.empty()),
            Leave.KEEP,
            false,
            notices,
            clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void assertDueIn(Duration time) {
    clock.advance(time.minusMillis(1));
    assertThat(keeper.isDue()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(keeper.isDue()).isTrue();
  }

  @Test
  void atOnceAfterAStart() {
    assertThat(keeper.isDue()).isTrue();
  }

  @Test
  void everySixHoursWhileAllIsWell() {
    keeper.noteWell(Plan.NOTHING);
    assertDueIn(Duration.ofHours(6));
    keeper.noteWell(Plan.CREATE);
    assertDueIn(Duration.ofHours(6));
  }

  @Test
  void soonAfterTroubleAndThenMoreAndMoreRarely() {
    for (int minutes : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      keeper.noteTrouble("Strava refuses");
      assertDueIn(Duration.ofMinutes(minutes));
    }
    keeper.noteWell(Plan.REPLACE);
    assertDueIn(Duration.ofHours(6));
    keeper.noteTrouble("Strava refuses");
    assertDueIn(Duration.ofMinutes(1));
  }

  @Test
  void silenceCountsLikeTrouble() {
    keeper.noteSilence("no answer in time");
    assertDueIn(Duration.ofMinutes(1));
    keeper.noteSilence("no answer in time");
    assertDueIn(Duration.ofMinutes(2));
    assertThat(notices.all())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.subject()).isEqualTo(SubscriptionKeeper.SUBJECT);
              assertThat(notice.detail()).endsWith("could not be checked: no answer in time");
            });
  }
}
