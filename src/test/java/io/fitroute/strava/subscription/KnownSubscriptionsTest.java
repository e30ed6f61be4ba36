package io.fitroute.strava.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ManualClock;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.webhook.ForeignSubscription;
import io.fitroute.strava.webhook.WebhookEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSubscriptionsTest {

  private static final ApiApplication COMPLETE =
      new ApiApplication(Optional.of("12345"), Optional.of("secret"));

  @TempDir Path folder;

  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whileOursIsNotKnownAnyEventPasses() {
    KnownSubscriptions subscriptions = subscriptions();

    assertThat(subscriptions.isKnown()).isFalse();
    assertThatCode(() -> subscriptions.check(event(1))).doesNotThrowAnyException();
  }

  @Test
  void onceOursIsKnownNoOtherPassesAlsoAfterARestart() {
    subscriptions().learn(List.of(subscription(274001)));

    KnownSubscriptions restarted = subscriptions();

    assertThat(restarted.isKnown()).isTrue();
    assertThatCode(() -> restarted.check(event(274001))).doesNotThrowAnyException();
    assertRefused(restarted, 274002, 503);
  }

  @Test
  void oneThatIsNotKnownIsToBeSentAgainUntilStravaHasBeenAskedAndThenRefusedForAMinute() {
    ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
    KnownSubscriptions subscriptions = new KnownSubscriptions(COMPLETE, ledger, clock);
    subscriptions.learn(List.of(subscription(1)));

    assertRefused(subscriptions, 2, 503);
    assertThat(subscriptions.isWorthAsking()).isTrue();
    assertRefused(subscriptions, 2, 503);
    subscriptions.learn(List.of(subscription(1)));
    assertRefused(subscriptions, 2, 403);
    assertThat(subscriptions.isWorthAsking()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertRefused(subscriptions, 2, 503);
    assertThat(subscriptions.isWorthAsking()).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertRefused(subscriptions, 2, 503);
    subscriptions.learn(List.of(subscription(2)));
    assertThatCode(() -> subscriptions.check(event(2))).doesNotThrowAnyException();
  }

  @Test
  void whoeverCannotAskStravaRefusesAtOnce() {
    ApiApplication incomplete = new ApiApplication(Optional.of("12345"), Optional.empty());
    KnownSubscriptions subscriptions =
        new KnownSubscriptions(incomplete, ledger, Clock.systemUTC());
    subscriptions.learn(List.of(subscription(1)));

    assertRefused(subscriptions, 2, 403);
  }

  @Test
  void whatAnotherProcessHasLearntCountsHereTooWhereNothingWasKnown() {
    KnownSubscriptions subscriptions = subscriptions();

    subscriptions().learn(List.of(subscription(1)));

    assertRefused(subscriptions, 2, 503);
  }

  private static void assertRefused(KnownSubscriptions subscriptions, long id, int status) {
    assertThatThrownBy(() -> subscriptions.check(event(id)))
        .isInstanceOfSatisfying(
            ForeignSubscription.class, refusal -> assertThat(refusal.status()).isEqualTo(status))
        .hasMessageContaining("subscription_id " + id);
  }

  @Test
  void aNewOneTakesThePlaceOfTheOld() {
    KnownSubscriptions subscriptions = subscriptions();
    subscriptions.learn(List.of(subscription(1)));
    subscriptions.learn(List.of(subscription(2)));

    assertThatCode(() -> subscriptions.check(event(2))).doesNotThrowAnyException();
    assertThatThrownBy(() -> subscriptions.check(event(1))).isInstanceOf(ForeignSubscription.class);
  }

  @Test
  void anAnswerThatNamesNoneIsNoReasonToForgetOurs() {
    KnownSubscriptions subscriptions = subscriptions();
    subscriptions.learn(List.of(subscription(1)));

    subscriptions.learn(List.of());

    assertThatCode(() -> subscriptions.check(event(1))).doesNotThrowAnyException();
    assertThatThrownBy(() -> subscriptions.check(event(2))).isInstanceOf(ForeignSubscription.class);
  }

  @Test
  void whatAnotherProcessHasLearntCountsHereToo() {
    KnownSubscriptions subscriptions = subscriptions();
    subscriptions.learn(List.of(subscription(1)));

    subscriptions().learn(List.of(subscription(2)));

    assertThatCode(() -> subscriptions.check(event(2))).doesNotThrowAnyException();
  }

  @Test
  void stravaIsAskedAtMostOnceAMinute() {
    ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
    KnownSubscriptions subscriptions = new KnownSubscriptions(COMPLETE, ledger, clock);

    assertThat(subscriptions.isWorthAsking()).isTrue();
    assertThat(subscriptions.isWorthAsking()).isFalse();
    clock.advance(Duration.ofSeconds(59));
    assertThat(subscriptions.isWorthAsking()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(subscriptions.isWorthAsking()).isTrue();
    assertThat(subscriptions.isWorthAsking()).isFalse();
  }

  @Test
  void withoutCredentialsStravaCannotBeAsked() {
    ApiApplication incomplete = new ApiApplication(Optional.of("12345"), Optional.empty());

    assertThat(new KnownSubscriptions(incomplete, ledger, Clock.systemUTC()).isWorthAsking())
        .isFalse();
  }

  private KnownSubscriptions subscriptions() {
    return new KnownSubscriptions(COMPLETE, ledger, Clock.systemUTC());
  }

  private static PushSubscription subscription(long id) {
    return new PushSubscription(id, "https://runs.example.org/webhook", "2026-11-01T00:00:00Z");
  }

  private static NewEvent event(long subscription) {
    return new NewEvent(
        WebhookEvents.ORIGIN,
        Priority.LIVE,
        subscription,
        "activity",
        "1",
        "create",
        "2",
        Instant.EPOCH,
        new TreeMap<>());
  }
}
