package io.fitroute.strava.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.subscription.SubscriptionKeeper.Leave;
import io.fitroute.strava.subscription.SubscriptionKeeper.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as a problem of the subscription. */
class SubscriptionKeeperTest {
  private static final String HERE = "https://here.example.org/webhook";

  @TempDir Path folder;
  private Ledger ledger;
  private Notices notices;
  private SubscriptionKeeper keeper;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "");
    notices = new Notices(ledger, Announcements.none(), clock);
    ApiApplication application = new ApiApplication(Optional.of("1"), Optional.of("secret"));
    Callback callback = new Callback(application, Optional.empty(), Optional.empty());
    keeper = new SubscriptionKeeper(callback, Leave.KEEP, true, notices, clock);
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
                    .isEqualTo("The webhook subscription could not be checked: no answer in time"));
  }

  @Test
  void aLookThatSucceedsEndsItAndTheNextSilenceIsTheFirstAgain() {
    keeper.noteTrouble("Strava refuses");
    assertThat(notices.all()).hasSize(1);

    keeper.noteWell(Plan.NOTHING);
    keeper.noteSilence("no answer in time");

    assertThat(notices.all()).isEmpty();
  }

  private SubscriptionKeeper keeper(Leave leave, String address) {
    return new SubscriptionKeeper(
        new Callback(
            new ApiApplication(Optional.of("1"), Optional.of("secret")),
            Optional.ofNullable(address).map(URI::create),
            Optional.of("word")),
        leave,
        true,
        notices,
        clock);
  }

  @Test
  void atHomeNoneIsNoTrouble() {
    SubscriptionKeeper atHome = keeper(Leave.KEEP, null);
    String none = catchThrowable(() -> atHome.plan(List.of())).getMessage();

    atHome.noteTrouble(none);
    assertThat(notices.all()).isEmpty();
    atHome.noteTrouble("Strava refuses");
    assertThat(notices.all()).hasSize(1);
  }

  private static List<PushSubscription> leadingTo(String address) {
    return List.of(new PushSubscription(7, address, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "KEEP, https://here.example.org/webhook, NOTHING",
    "OFF, https://HERE.example.org/webhook/, NOTHING",
    "REPLACE, https://here.example.org/webhook, NOTHING",
    "REPLACE, https://there.example.org/webhook, REPLACE"
  })
  void aSubscriptionIsReplacedOnlyWhereThatIsAllowed(Leave leave, String found, Plan plan) {
    assertThat(keeper(leave, HERE).plan(leadingTo(found))).isEqualTo(plan);
  }

  @ParameterizedTest
  @EnumSource(
      value = Leave.class,
      names = {"KEEP", "OFF"})
  void aSubscriptionThatLeadsElsewhereIsTrouble(Leave leave) {
    assertThatThrownBy(() -> keeper(leave, HERE).plan(leadingTo("https://there.example.org")))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining("7 points to https://there.example.org and not to " + HERE);
  }

  @Test
  void whoeverHasNoAddressMakesNone() {
    assertThat(keeper(Leave.REPLACE, null).plan(leadingTo("https://there.example.org")))
        .isEqualTo(Plan.NOTHING);
    assertThatThrownBy(() -> keeper(Leave.KEEP, null).plan(List.of()))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining("Set webhook.public-url, and the service creates one.");
  }

  @Test
  void aMissingSubscriptionIsMadeUnlessThatIsOff() {
    assertThat(keeper(Leave.KEEP, HERE).plan(List.of())).isEqualTo(Plan.CREATE);
    assertThatThrownBy(() -> keeper(Leave.OFF, HERE).plan(List.of()))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining("Create one with ./fitroute subscription create.");
  }

  @Test
  void itIsLookedAtAgainLaterAndLaterUntilAllIsWell() {
    Duration first = untilDueAfter(() -> keeper.noteTrouble("Strava refuses"));
    Duration second = untilDueAfter(() -> keeper.noteTrouble("Strava refuses"));
    assertThat(second).isEqualTo(first.multipliedBy(2));
    Duration longest = second;
    for (int i = 0; i < 10; i++) {
      longest = untilDueAfter(() -> keeper.noteTrouble("Strava refuses"));
    }
    assertThat(longest).isGreaterThan(second);
    assertThat(untilDueAfter(() -> keeper.noteTrouble("Strava refuses"))).isEqualTo(longest);

    keeper.noteWell(Plan.CREATE);
    assertThat(untilDueAfter(() -> keeper.noteTrouble("Strava refuses"))).isEqualTo(first);
  }

  private Duration untilDueAfter(Runnable note) {
    note.run();
    Duration waited = Duration.ZERO;
    while (!keeper.isDue()) {
      clock.advance(Duration.ofSeconds(30));
      waited = waited.plusSeconds(30);
    }
    return waited;
  }
}
