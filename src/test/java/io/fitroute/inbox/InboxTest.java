package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class InboxTest {

  @Parameter private Database database;

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Next DONE = new Next.End(EventState.DONE, "delivered");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Inbox inbox;
  private Inbox other;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
    inbox = new Inbox(ledger, SystemServices.with(clock));
    other = new Inbox(ledger, SystemServices.with(clock));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void anEventIsTakenInOnceHoweverOftenItIsTold() {
    assertThat(accept(Events.of("1"))).isTrue();
    assertThat(accept(Events.of("1"))).isFalse();
    claimAll(inbox).forEach(event -> inbox.outcomes().record(event, DONE));
    assertThat(accept(Events.of("1"))).as("after it has ended").isFalse();

    assertThat(inbox.accepted()).isOne();
    assertThat(inbox.repeated()).isEqualTo(2);
    assertThat(inbox.count(EventState.DONE)).isOne();
    assertThat(inbox.count(EventState.PENDING)).isZero();
  }

  @Test
  void eventsThatComeInTogetherShareACommit() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch occupied = new CountDownLatch(1);
    ledger.submit(
        jdbc -> {
          occupied.countDown();
          return waitFor(release);
        });
    assertThat(waitFor(occupied)).isTrue();
    long before = ledger.commits();

    List<CompletableFuture<Boolean>> accepted =
        IntStream.range(0, 100).mapToObj(i -> inbox.accept(Events.of("x" + i))).toList();
    release.countDown();

    assertThat(accepted).allSatisfy(one -> assertThat(one.get(10, TimeUnit.SECONDS)).isTrue());
    assertThat(ledger.commits() - before).isEqualTo(2);
    assertThat(inbox.count(EventState.PENDING)).isEqualTo(100);
  }

  @Test
  void whatIsStillWorkedOnIsNotHandedOutAgainToTheSameWorker() {
    accept(Events.of("1"));
    List<Event> inWork = claimAll(inbox);
    clock.advance(LEASE.plusHours(1));

    assertThat(inbox.leases().claim(10, LEASE, inWork)).isEmpty();
    assertThat(claimAll(other)).as("the lease was renewed meanwhile").isEmpty();
    assertThat(inbox.outcomes().record(inWork.get(0), DONE)).isTrue();
  }

  @Test
  void whatSomebodyElseHasTakenOverStaysWithThem() {
    accept(Events.of("1"));
    List<Event> inWork = claimAll(inbox);
    clock.advance(LEASE.plusSeconds(1));
    Event taken = claimAll(other).get(0);
    clock.advance(LEASE.plusSeconds(1));

    assertThat(inbox.leases().claim(10, LEASE, inWork))
        .extracting(Event::id)
        .containsExactly(taken.id());
  }

  @Test
  void anAthleteWhoReconnectsWhileAnEventIsBeingParkedNeedNotWait() {
    accept(Events.of("1"));
    Event event = claimAll(inbox).get(0);

    ledger.write(
        jdbc ->
            jdbc.sql(SqlText.named("resume-athlete"))
                .param("id", event.ownerId())
                .param("now", clock.millis())
                .update());
    inbox.outcomes().record(event, later(Duration.ofHours(1)));

    Event again = claimAll(inbox).get(0);
    assertThat(again.id()).isEqualTo(event.id());
    inbox.outcomes().record(again, later(Duration.ofHours(1)));
    assertThat(claimAll(inbox)).as("that was for once").isEmpty();
  }

  @Test
  void aClockThatWasSetBackLetsNothingWaitLonger() {
    accept(Events.of("waiting"));
    accept(Events.of("leased by somebody dead"));
    accept(Events.of("leased by somebody alive"));
    List<Event> claimed = claimAll(other);
    other.outcomes().record(claimed.get(0), later(Duration.ofMinutes(10)));

    clock.advance(Duration.ofHours(-1));
    inbox.leases().clockSetBack(Duration.ofHours(1));
    other.leases().renew(List.of(claimed.get(2)), LEASE);

    assertThat(inbox.leases().releaseStale(LEASE)).isOne();
    assertThat(claimAll(inbox))
        .extracting(Event::objectId)
        .containsExactly("leased by somebody dead");
    clock.advance(Duration.ofMinutes(10));
    assertThat(claimAll(inbox)).extracting(Event::objectId).contains("waiting");
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClaimedEventIsTheOneThatWasAccepted() {
    SortedMap<String, String> updates =
        new TreeMap<>(Map.of("title", "Läufe \"🏃\" \n\0 {}", "private", "true"));
    NewEvent told =
        new NewEvent(
            "strava",
            Priority.HISTORY,
            Long.MAX_VALUE,
            "activity",
            Long.toString(Long.MAX_VALUE),
            "update",
            "4455667",
            Events.TIME,
            updates);
    accept(told);

    Event claimed = claimAll(inbox).get(0);

    assertThat(claimed.event()).isEqualTo(told);
    assertThat(claimed.receivedAt()).isEqualTo(clock.instant());
    assertThat(claimed.failures()).isZero();
    assertThat(claimed.notReady()).isZero();
  }

  @Test
  void whoWaitsIsToldOfAnArrivalOnceItCanBeClaimed() {
    // on a server it may be reported again, once the instance listens for notifications
    List<Long> claimable = new CopyOnWriteArrayList<>();
    inbox.onArrival(() -> claimable.add(inbox.count(EventState.PENDING)));

    accept(Events.of("1"));

    assertThat(claimable).contains(1L);
  }

  @Test
  void liveEventsGoFirstThenManualOnesThenThePast() {
    accept(Events.of("1", 0, Priority.HISTORY));
    clock.advance(Duration.ofSeconds(1));
    accept(Events.of("2", 0, Priority.MANUAL));
    clock.advance(Duration.ofSeconds(1));
    accept(Events.of("3", 0, Priority.LIVE));
    accept(Events.of("4", 0, Priority.LIVE));

    assertThat(objects(inbox.leases().claim(3, LEASE))).containsExactly("3", "4", "2");
    assertThat(objects(inbox.leases().claim(3, LEASE))).containsExactly("1");
    assertThat(inbox.leases().claim(3, LEASE)).isEmpty();
  }

  @Test
  void inALaneTheLongestDueGoesFirst() {
    for (String object : List.of("1", "2", "3")) {
      accept(Events.of(object));
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(objects(inbox.leases().claim(2, LEASE))).containsExactly("1", "2");
    assertThat(objects(inbox.leases().claim(2, LEASE))).containsExactly("3");
  }

  @Test
  void aLeaseThatRanOutIsTakenOverAndWhatTheFirstHolderSaysDoesNotCount() {
    accept(Events.of("1"));
    Event first = claimAll(inbox).get(0);
    clock.advance(LEASE.minusMillis(1));
    assertThat(claimAll(other)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    Event second = claimAll(other).get(0);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(inbox.outcomes().record(first, DONE)).isFalse();
    assertThat(inbox.outcomes().record(first, later(Duration.ofHours(1)))).isFalse();
    assertThat(status("1").state()).isEqualTo(EventState.PENDING);
    assertThat(status("1").inWork()).isTrue();
    assertThat(other.outcomes().record(second, new Next.End(EventState.SKIPPED, "a ride")))
        .isTrue();
    assertThat(status("1").reason()).contains("a ride");
    assertThat(other.outcomes().record(second, DONE)).as("a second time").isFalse();
  }

  @Test
  void aLeaseThatIsRenewedHolds() {
    accept(Events.of("1"));
    List<Event> held = claimAll(inbox);
    for (int i = 0; i < 5; i++) {
      clock.advance(LEASE.minusSeconds(1));
      inbox.leases().renew(held, LEASE);
      assertThat(claimAll(other)).isEmpty();
    }

    assertThat(inbox.outcomes().record(held.get(0), DONE)).isTrue();
  }

  @Test
  void aLeaseThatWasLostCannotBeRenewed() {
    accept(Events.of("1"));
    List<Event> lost = claimAll(inbox);
    clock.advance(LEASE);
    List<Event> taken = claimAll(other);
    clock.advance(LEASE.minusSeconds(1));

    inbox.leases().renew(lost, LEASE);
    clock.advance(Duration.ofSeconds(1));

    assertThat(other.outcomes().record(taken.get(0), DONE)).isTrue();
  }

  @Test
  void whatTheDeadHadLeasedIsTakenOverAtOnceButNotWhatIsOurs() {
    accept(Events.of("1"));
    accept(Events.of("2"));
    Event ofTheDead = other.leases().claim(1, LEASE).get(0);
    Event ours = inbox.leases().claim(1, LEASE).get(0);

    assertThat(inbox.leases().takeOver()).isOne();

    assertThat(claimAll(inbox)).extracting(Event::id).containsExactly(ofTheDead.id());
    assertThat(inbox.outcomes().record(ours, DONE)).isTrue();
    assertThat(other.outcomes().record(ofTheDead, DONE)).isFalse();
  }

  @Test
  void eventsOfOneObjectHaveTheirTurnOneByOneInTheOrderOfTheirTimes() {
    accept(Events.of("1", 10));
    Event first = claimAll(inbox).get(0);
    accept(Events.of("1", 30));
    accept(Events.of("1", 20));
    accept(Events.of("1", 5));
    assertThat(claimAll(inbox)).isEmpty();

    inbox.outcomes().record(first, DONE);

    for (int second : List.of(5, 20, 30)) {
      Event next = claimAll(inbox).get(0);
      assertThat(next.event().eventTime()).isEqualTo(Events.TIME.plusSeconds(second));
      assertThat(claimAll(inbox)).isEmpty();
      inbox.outcomes().record(next, DONE);
    }
    assertThat(inbox.leases().nextDue()).isEmpty();
  }

  @Test
  void anotherObjectDoesNotWait() {
    accept(Events.of("1"));
    accept(Events.of("1", 1));
    accept(Events.of("2"));

    assertThat(objects(claimAll(inbox))).containsExactly("1", "2");
  }

  @Test
  void whatIsPostponedComesAgainWithItsCountsAndKeepsItsTurn() {
    accept(Events.of("1"));
    accept(Events.of("1", 1));
    Event first = claimAll(inbox).get(0);

    assertThat(
            inbox
                .outcomes()
                .record(first, new Next.Later(in(Duration.ofMinutes(5)), 2, 1, "no answer")))
        .isTrue();

    assertThat(status("1").reason()).contains("no answer");
    assertThat(status("1").due()).contains(in(Duration.ofMinutes(5)));
    assertThat(inbox.leases().nextDue()).contains(in(Duration.ofMinutes(5)));
    assertThat(claimAll(inbox)).isEmpty();
    clock.advance(Duration.ofMinutes(5));
    Event again = claimAll(inbox).get(0);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.failures()).isEqualTo(2);
    assertThat(again.notReady()).isOne();
  }

  @Test
  void whoAsksByHandDoesNotWaitForTheNextAttempt() {
    accept(Events.of("1"));
    accept(Events.of("2"));
    claimAll(inbox).forEach(event -> inbox.outcomes().record(event, later(Duration.ofHours(6))));

    accept(Events.of("1", 1, Priority.MANUAL));

    List<Event> claimed = claimAll(inbox);
    assertThat(objects(claimed)).containsExactly("1");
    inbox.outcomes().record(claimed.get(0), DONE);
    assertThat(claimAll(inbox)).extracting(Event::priority).containsExactly(Priority.MANUAL);
  }

  @Test
  void somethingNewerBringsForwardWhatWaitsOnceInTenMinutesAndTheAttemptDoesNotCount() {
    accept(Events.of("1"));
    putOff();

    accept(Events.of("1", 1));

    assertThat(putOff()).extracting(Event::hastened).containsExactly(true);
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    accept(Events.of("1", 2));
    assertThat(claimAll(inbox)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    accept(Events.of("1", 2));
    assertThat(claimAll(inbox)).as("nothing new").isEmpty();
    accept(Events.of("1", 3));
    assertThat(putOff()).extracting(Event::hastened).containsExactly(true);
    clock.advance(Duration.ofHours(6));
    assertThat(putOff()).extracting(Event::hastened).containsExactly(false);
  }

  @Test
  void somethingNewerHasWhatIsWorkedOnTriedAgainAtOnce() {
    accept(Events.of("1"));
    Event held = claimAll(inbox).get(0);

    accept(Events.of("1", 1));

    inbox.outcomes().record(held, later(Duration.ofHours(6)));
    assertThat(putOff()).extracting(Event::hastened).containsExactly(true);
    assertThat(claimAll(inbox)).isEmpty();
  }

  @Test
  void thePastBringsNothingForward() {
    accept(Events.of("1"));
    putOff();

    accept(Events.of("1", 1, Priority.HISTORY));

    assertThat(claimAll(inbox)).isEmpty();
  }

  private List<Event> putOff() {
    List<Event> claimed = claimAll(inbox);
    claimed.forEach(event -> inbox.outcomes().record(event, later(Duration.ofHours(6))));
    return claimed;
  }

  @Test
  void whoAsksByHandDoesNotTakeItOutOfAWorkersHands() {
    accept(Events.of("1"));
    Event held = claimAll(inbox).get(0);

    accept(Events.of("1", 1, Priority.MANUAL));

    assertThat(claimAll(other)).isEmpty();
    assertThat(inbox.outcomes().record(held, DONE)).isTrue();
  }

  @Test
  void whatIsNotHeldIsNotFound() {
    assertThat(inbox.find(Events.of("1"))).isEmpty();
    assertThat(inbox.leases().nextDue()).isEmpty();
  }

  private boolean accept(NewEvent event) {
    return inbox.accept(event).join();
  }

  private static List<Event> claimAll(Inbox inbox) {
    return inbox.leases().claim(100, LEASE);
  }

  private static List<String> objects(List<Event> events) {
    return events.stream().map(Event::objectId).toList();
  }

  private EventStatus status(String object) {
    return inbox.find(Events.of(object)).orElseThrow();
  }

  private Next later(Duration delay) {
    return new Next.Later(in(delay), 1, 0, "not now");
  }

  private Instant in(Duration delay) {
    return clock.instant().plus(delay);
  }
}
