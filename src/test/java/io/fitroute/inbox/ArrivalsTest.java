package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ArrivalsTest {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  @Parameter private Database database;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private String url;
  private Ledger ledger;
  private Inbox inbox;

  @BeforeEach
  void open() {
    url = database.url(folder);
    ledger = Ledger.open(url, "", "");
    inbox = new Inbox(ledger, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whatArrivesInACrowdIsPendingAndIsHandedOutInItsOrderOnceItIsSorted() {
    takeTogether(reception(LONGEST_WAIT), "x0", "x1", "x2", "x3", "x4");
    assertThat(inbox.count(EventState.PENDING)).isEqualTo(5);
    assertThat(inbox.leases().claim(10, LEASE)).as("not sorted yet").isEmpty();

    assertThat(inbox.sortArrivals()).isFalse();

    assertThat(inbox.count(EventState.PENDING)).isEqualTo(5);
    assertThat(inbox.leases().claim(10, LEASE))
        .extracting(Event::objectId)
        .containsExactly("x0", "x1", "x2", "x3", "x4");
  }

  @Test
  void aFewThatArriveGoStraightIntoTheQueueUnlessOthersWaitToBeSorted() {
    Reception reception = reception(LONGEST_WAIT);
    reception.take(Events.of("left by somebody, perhaps")).join();
    assertThat(rows()).as("nobody has looked yet").isOne();
    assertThat(inbox.sortArrivals()).isFalse();

    takeTogether(reception, "x0", "x1", "x2", "x3");
    assertThat(rows()).isZero();
    assertThat(inbox.leases().claim(10, LEASE)).hasSize(5);

    takeTogether(reception, "y0", "y1", "y2", "y3", "y4");
    reception.take(Events.of("behind them")).join();
    assertThat(rows()).isEqualTo(2);
    assertThat(inbox.sortArrivals()).isFalse();
    assertThat(inbox.leases().claim(10, LEASE))
        .extracting(Event::objectId)
        .containsExactly("y0", "y1", "y2", "y3", "y4", "behind them");
  }

  @Test
  void aRepeatIsFoundHoweverItArrives() {
    Reception reception = reception(LONGEST_WAIT);
    takeTogether(reception, "1", "1", "2", "2", "1");
    inbox.sortArrivals();
    reception.take(Events.of("1")).join();

    assertThat(inbox.accepted()).isEqualTo(2);
    assertThat(inbox.repeated()).isEqualTo(4);
    assertThat(inbox.count(EventState.PENDING)).isEqualTo(2);
  }

  @Test
  void whatArrivesTogetherSharesARowAndACommit() {
    CountDownLatch release = new CountDownLatch(1);
    occupy(release);
    Reception reception = reception(LONGEST_WAIT);
    long before = ledger.commits();

    List<CompletableFuture<Void>> taken =
        IntStream.range(0, 300).mapToObj(i -> reception.take(Events.of("x" + i))).toList();
    assertThat(taken).noneMatch(CompletableFuture::isDone);
    release.countDown();

    assertThat(taken).allSatisfy(one -> assertThat(one).succeedsWithin(LONGEST_WAIT));
    assertThat(ledger.commits() - before).isEqualTo(2);
    assertThat(rows()).as("no row grows without bound").isEqualTo(2);
    while (inbox.sortArrivals()) {
      assertThat(inbox.count(EventState.PENDING)).isEqualTo(300);
    }
    assertThat(inbox.count(EventState.PENDING)).isEqualTo(300);
    assertThat(rows()).isZero();
  }

  @Test
  void severalWhoSortTakeEachEventOnce() {
    Reception reception = reception(LONGEST_WAIT);
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      taken.add(reception.take(Events.of("x" + i)));
    }
    taken.forEach(CompletableFuture::join);

    try (Ledger second = Ledger.open(url, "", "")) {
      Inbox other = new Inbox(second, clock);
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(
              () -> {
                while (other.sortArrivals()) {
                  // until none is left
                }
              });
      while (inbox.sortArrivals()) {
        // until none is left
      }
      assertThat(beside).succeedsWithin(Duration.ofSeconds(20));
      assertThat(inbox.accepted() + other.accepted()).isEqualTo(1000);
    }
    assertThat(inbox.repeated()).isZero();
    assertThat(inbox.count(EventState.PENDING)).isEqualTo(1000);
  }

  @Test
  void whoWaitsTooLongIsToldSoAlthoughTheEventMayStillBeStored() {
    CountDownLatch release = new CountDownLatch(1);
    occupy(release);
    CompletableFuture<Void> taken = reception(Duration.ofMillis(50)).take(Events.of("1"));

    assertThatThrownBy(() -> taken.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);

    release.countDown();
    await().until(() -> inbox.count(EventState.PENDING) == 1);
  }

  @Test
  void aCrowdThatFillsTheMemoryIsRefused() {
    CountDownLatch release = new CountDownLatch(1);
    occupy(release);
    Reception reception = reception(LONGEST_WAIT);
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (int i = 0; i < Reception.MOST_ARRIVING; i++) {
      taken.add(reception.take(Events.of("x" + i)));
    }

    assertThatThrownBy(() -> reception.take(Events.of("one more")).join())
        .hasCauseInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("4096");

    release.countDown();
    assertThat(taken.get(taken.size() - 1)).succeedsWithin(LONGEST_WAIT);
    taken.forEach(one -> assertThat(one).succeedsWithin(LONGEST_WAIT));
    assertThat(reception.take(Events.of("one more"))).succeedsWithin(LONGEST_WAIT);
  }

  @Test
  void aClosedLedgerTakesNothing() {
    Reception reception = reception(LONGEST_WAIT);
    ledger.close();

    assertThatThrownBy(() -> reception.take(Events.of("1")).join())
        .hasRootCauseInstanceOf(LedgerUnavailable.class);
  }

  private Reception reception(Duration longestWait) {
    return new Reception(inbox.arrivals(), clock, longestWait, Runnable::run, inbox::count);
  }

  /** Has events arrive while the ledger is busy, so that they share a commit. */
  private void takeTogether(Reception reception, String... objects) {
    CountDownLatch release = new CountDownLatch(1);
    occupy(release);
    List<CompletableFuture<Void>> taken =
        Stream.of(objects).map(object -> reception.take(Events.of(object))).toList();
    release.countDown();
    taken.forEach(CompletableFuture::join);
  }

  /** Has the ledger's one writer wait. */
  private void occupy(CountDownLatch release) {
    CountDownLatch occupied = new CountDownLatch(1);
    ledger.submit(
        jdbc -> {
          occupied.countDown();
          return awaited(release);
        });
    assertThat(awaited(occupied)).isTrue();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long rows() {
    return ledger.read().sql("select count(*) from arrival").query(Long.class).single();
  }
}
