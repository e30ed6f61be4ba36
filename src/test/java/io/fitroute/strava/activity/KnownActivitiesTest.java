package io.fitroute.strava.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ActivityEvent;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.subscription.KnownSubscriptions;
import io.fitroute.strava.subscription.PushSubscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is reported of known activities, and how long details are kept. */
class KnownActivitiesTest {

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Activities activities;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    activities =
        new Activities(
            ledger, new WantedSportTypes(List.of("Run", "TrailRun")), false, true, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void read() {
    read("Run");
  }

  private Activity read(String type) {
    return activities.read(
        JsonNodeFactory.instance
            .objectNode()
            .put("id", ActivityEvent.ACTIVITY)
            .put("name", "Canal")
            .put("sport_type", type)
            .put("start_date", "2026-11-20T06:02:11Z"),
        ActivityEvent.create());
  }

  private boolean isStored() {
    return !ledger
        .read()
        .sql("select id from activity where details is not null")
        .query(String.class)
        .list()
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "type, Ride, '; its type at Strava is now Ride, the file is kept'",
    "type, Run, ''",
    "title, Ride, ''"
  })
  void whatStravaCallsSomethingNotWantedIsRemarkedUpon(String field, String type, String remark) {
    Activity activity = read(type);

    assertThat(activities.remark(ActivityEvent.update(field, "Swim"), activity)).isEqualTo(remark);
  }

  @Test
  void anActivityThatIsReadIsNotDeletedWhateverWasSaidBefore() {
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "insert into tombstone (activity_id, athlete_id, event_time, held, confirmed_at)"
                        + " values (?, ?, 1, 0, 1)")
                .params(ActivityEvent.ACTIVITY, ActivityEvent.ATHLETE)
                .update());

    read();

    assertThat(ledger.read().sql("select count(*) from tombstone").query(Integer.class).single())
        .isZero();
  }

  @Test
  void detailsAreErasedAfterSoManyDaysAndAtMostARoundEarlier() {
    read();
    DetailsRetention retention = new DetailsRetention(ledger, true, 7, clock);

    clock.advance(Duration.ofDays(7).minusHours(6));
    assertThat(retention.erase()).isZero();
    assertThat(isStored()).isTrue();

    clock.advance(Duration.ofMillis(1));
    assertThat(retention.erase()).isOne();
    assertThat(isStored()).isFalse();
    assertThat(retention.erase()).isZero();
  }

  @Test
  void detailsMayBeKeptForGoodOrNotAtAll() {
    read();
    clock.advance(Duration.ofDays(3650));

    assertThat(new DetailsRetention(ledger, true, 0, clock).erase()).isZero();
    assertThat(isStored()).isTrue();
    assertThat(new DetailsRetention(ledger, false, 0, clock).erase()).isOne();
    assertThat(isStored()).isFalse();
  }

  @Test
  void aPauseIsInForceUntilItsEnd() {
    Cooldowns cooldowns = new Cooldowns(ledger, clock);
    Instant until = clock.instant().plusSeconds(60);
    assertThat(cooldowns.of("export")).isEmpty();

    cooldowns.set("export", until.minusSeconds(30), "refused");
    cooldowns.set("export", until, "refused again");

    clock.advance(Duration.ofMillis(59_999));
    assertThat(cooldowns.of("export")).contains(new Cooldowns.Pause(until, "refused again"));
    assertThat(cooldowns.of("another")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(cooldowns.of("export")).isEmpty();
  }

  @Test
  void aSubscriptionThatHasEndedIsForgotten() {
    KnownSubscriptions subscriptions =
        new KnownSubscriptions(
            new ApiApplication(Optional.of("1"), Optional.of("s")), ledger, clock);
    List<PushSubscription> found = List.of(new PushSubscription(7, "https://here", ""));
    assertThat(subscriptions.learn(found)).isSameAs(found);
    assertThat(KnownSubscriptions.stored(ledger)).contains(7L);

    subscriptions.forget();

    assertThat(subscriptions.isKnown()).isFalse();
    assertThat(KnownSubscriptions.stored(ledger)).isEmpty();
  }
}
