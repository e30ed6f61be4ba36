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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Takes events in for those who wait for an answer: whatever comes while the ledger writes is
 * {@link Arrivals stored} together, and those who told it are all answered when that is on disk.
 */
final class Reception {

  /** More than this is refused, so that a stuck disk does not fill the memory. */
  static final int MOST_ARRIVING = 4096;

  private static final int MOST_TOGETHER = 256;

  /** So many events arrive at a time only while more come than can be taken in. */
  private static final int CROWD = 16;

  private static final Duration LONGEST_GIVING_WAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_GATHERING = Duration.ofNanos(300_000);

  private final Arrivals arrivals;
  private final Clock clock;
  private final Duration longestWait;
  private final Executor answering;
  private final Consumer<Arrivals.Sorted> stored;
  private final AtomicInteger arriving = new AtomicInteger();
  private final ReentrantLock turn = new ReentrantLock();
  private final Condition together = turn.newCondition();
  private Group open = new Group();

  /** How many came together lately, on average; for the ledger's writer only. */
  private double usual;

  /**
   * Opens it.
   *
   * @param longestWait after so long it has failed
   * @param answering runs what was waiting, so that it does not hold up the next commit
   * @param stored is told there before it, whenever something is on disk
   */
  Reception(
      Arrivals arrivals,
      Clock clock,
      Duration longestWait,
      Executor answering,
      Consumer<Arrivals.Sorted> stored) {
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
    Arrival arrival = new Arrival(event, clock.instant());
    Group group;
    boolean isFirst;
    turn.lock();
    try {
      if (open.isFull()) {
        open = new Group();
      }
      group = open;
      isFirst = group.arrived.isEmpty();
      group.arrived.add(arrival);
      if (group.isTogether()) {
        together.signal();
      }
    } finally {
      turn.unlock();
    }
    if (isFirst) {
      write(group);
    }
    return group.onDisk;
  }

  private void write(Group group) {
    arrivals
        .store(() -> gathered(group))
        .orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (sorted, failure) -> {
              arriving.addAndGet(-closed(group).size());
              if (failure == null) {
                stored.accept(sorted);
                group.onDisk.complete(null);
              } else {
                group.onDisk.completeExceptionally(failure);
              }
            },
            answering);
  }

  private List<Arrival> gathered(Group group) {
    if (usual >= CROWD) {
      gather(group, (int) usual);
    }
    List<Arrival> all = closed(group);
    usual += (all.size() - usual) / 8;
    return all;
  }

  /**
   * Those of a crowd who were answered tell the next events right away. Waiting for them for a
   * moment makes one commit where there would be two, the second of them for a few.
   */
  private void gather(Group group, int awaited) {
    long left = LONGEST_GATHERING.toNanos();
    turn.lock();
    try {
      group.awaited = awaited;
      while (!group.isTogether() && left > 0) {
        left = together.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      turn.unlock();
    }
  }

  /** Nothing is added to it any more. */
  private List<Arrival> closed(Group group) {
    turn.lock();
    try {
      if (open == group) {
        open = new Group();
      }
      return group.arrived;
    } finally {
      turn.unlock();
    }
  }

  /** Those who tell of events cannot wait long; other work can, and does not come to a stop. */
  void giveWay() throws InterruptedException {
    if (arriving.get() < CROWD) {
      return;
    }
    // a crowd that has just been answered is back in a moment
    int quiet = 0;
    for (long waited = 0; waited < LONGEST_GIVING_WAY.toMillis() && quiet < 3; waited += 10) {
      TimeUnit.MILLISECONDS.sleep(10);
      quiet = arriving.get() < CROWD ? quiet + 1 : 0;
    }
  }

  private static final class Group {
    private final List<Arrival> arrived = new ArrayList<>();
    private final CompletableFuture<Void> onDisk = new CompletableFuture<>();

    /** With so many of them the ledger's writer, if it waits for them, need wait no longer. */
    private int awaited = MOST_TOGETHER;

    boolean isFull() {
      return arrived.size() == MOST_TOGETHER;
    }

    boolean isTogether() {
      return arrived.size() >= awaited;
    }
  }
}
