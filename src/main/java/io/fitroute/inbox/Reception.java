package io.fitroute.inbox;

import io.fitroute.ledger.LedgerUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes events in for those who wait for an answer: whatever comes while the ledger writes lies in
 * one {@link Arrivals arrival}, and those who told it are all answered when that is on disk.
 */
final class Reception {

  /** More than this is refused, so that a stuck disk does not fill the memory. */
  static final int MOST_ARRIVING = 4096;

  private static final int MOST_IN_ONE_ARRIVAL = 256;

  /** So many events arrive at a time only while more come than can be taken in. */
  private static final int CROWD = 16;

  private static final Duration LONGEST_GIVING_WAY = Duration.ofMillis(200);

  private final Arrivals arrivals;
  private final Clock clock;
  private final Duration longestWait;
  private final Executor answering;
  private final Runnable stored;
  private final AtomicInteger arriving = new AtomicInteger();
  private final Object turn = new Object();
  private Group open = new Group();

  /**
   * Opens it.
   *
   * @param longestWait after so long it has failed
   * @param answering runs what was waiting, so that it does not hold up the next commit
   * @param stored is run there before it, whenever something is on disk
   */
  Reception(
      Arrivals arrivals, Clock clock, Duration longestWait, Executor answering, Runnable stored) {
    this.arrivals = arrivals;
    this.clock = clock;
    this.longestWait = longestWait;
    this.answering = answering;
    this.stored = stored;
  }

  /**
   * Takes an event in.
   *
   * @return completes once it is on disk; fails if it is not known to be
   */
  CompletableFuture<Void> take(NewEvent event) {
    if (arriving.incrementAndGet() > MOST_ARRIVING) {
      arriving.decrementAndGet();
      return CompletableFuture.failedFuture(
          new LedgerUnavailable(MOST_ARRIVING + " events are already waiting for the ledger"));
    }
    String text = ArrivalText.of(event, clock.instant());
    Group group;
    boolean isFirst;
    synchronized (turn) {
      if (open.isFull()) {
        open = new Group();
      }
      group = open;
      isFirst = group.texts.isEmpty();
      group.texts.add(text);
    }
    if (isFirst) {
      write(group);
    }
    return group.onDisk;
  }

  private void write(Group group) {
    arrivals
        .store(() -> closed(group))
        .orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (rows, failure) -> {
              arriving.addAndGet(-closed(group).size());
              if (failure == null) {
                stored.run();
                group.onDisk.complete(null);
              } else {
                group.onDisk.completeExceptionally(failure);
              }
            },
            answering);
  }

  /** Nothing is added to it any more. */
  private List<String> closed(Group group) {
    synchronized (turn) {
      if (open == group) {
        open = new Group();
      }
      return group.texts;
    }
  }

  /** Those who tell of events cannot wait long; other work can, and does not come to a stop. */
  void giveWay() throws InterruptedException {
    for (long waited = 0; waited < LONGEST_GIVING_WAY.toMillis(); waited += 10) {
      if (arriving.get() < CROWD) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static final class Group {
    private final List<String> texts = new ArrayList<>();
    private final CompletableFuture<Void> onDisk = new CompletableFuture<>();

    boolean isFull() {
      return texts.size() == MOST_IN_ONE_ARRIVAL;
    }
  }
}
