package io.fitroute.strava;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.SubscriptionKeeper.Leave;
import io.fitroute.strava.SubscriptionKeeper.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as trouble with the subscription. */
class SubscriptionKeeperTest {

  @TempDir Path folder;
  private Ledger ledger;
  private Notices notices;
  private SubscriptionKeeper keeper;

  @BeforeEach
  void open() {
    Clock clock = Clock.systemUTC();
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "");
    notices = new Notices(ledger, Announcements.none(), clock);
    Application application = new Application(Optional.of("1"), Optional.of("secret"));
    Callback callback = new Callback(application, Optional.empty(), Optional.empty());
    keeper = new SubscriptionKeeper(callback, Leave.KEEP, notices, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void oneLookThatDidNotComeToItsEndIsNoTroubleYet() {
    keeper.noteSilence("no answer in time");

    assertThat(notices.all()).isEmpty();
    assertThat(keeper.isDue()).isFalse();

    keeper.noteSilence("no answer in time");

    assertThat(notices.all())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.detail())
                    .isEqualTo(
                        "The webhook subscription could not be looked at: no answer in time"));
  }

  @Test
  void aLookThatSucceedsEndsItAndTheNextSilenceIsTheFirstAgain() {
    keeper.noteTrouble("Strava refuses");
    assertThat(notices.all()).hasSize(1);

    keeper.noteWell(Plan.NOTHING);
    keeper.noteSilence("no answer in time");

    assertThat(notices.all()).isEmpty();
  }
}
