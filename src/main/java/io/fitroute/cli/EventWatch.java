package io.fitroute.cli;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits for what becomes of an event that somebody asked for. */
final class EventWatch {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** An event that is due later than this is waiting for something, and so does not come now. */
  private static final Duration NOW = Duration.ofSeconds(2);

  private final Inbox inbox;

  EventWatch(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Returns once the event is settled, or is put off. */
  EventStatus await(NewEvent request) throws InterruptedException {
    while (true) {
      EventStatus status = inbox.find(request).orElseThrow();
      boolean waits =
          !status.inWork()
              && status.reason().isPresent()
              && status.due().filter(due -> due.isAfter(Instant.now().plus(NOW))).isPresent();
      if (status.state() != EventState.PENDING || waits) {
        return status;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }
}
