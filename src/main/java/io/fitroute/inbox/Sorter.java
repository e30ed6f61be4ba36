package io.fitroute.inbox;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Sorts what has arrived into the queue: at once when something is on disk, and now and then,
 * because somebody who died, or another program, may have left something.
 */
final class Sorter {

  private static final Duration LOOK_AROUND = Duration.ofMillis(500);

  private final Inbox inbox;
  private final Rounds rounds = new Rounds("What has arrived cannot be sorted");

  Sorter(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Sorts until it is stopped, giving way to what is being received. */
  void begin(Executor thread, Reception reception) {
    rounds.begin(
        thread,
        () -> {
          reception.giveWay();
          return inbox.sortArrivals() ? Duration.ZERO : LOOK_AROUND;
        });
  }

  /** There is something to sort. */
  void wake() {
    rounds.wake();
  }

  void stop() {
    rounds.stop();
  }
}
