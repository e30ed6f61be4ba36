package io.fitroute.cli;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Has the inbox take in what somebody asks for, and waits for what becomes of it. */
final class Requests {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** An event that is due later than this is waiting for something, and so does not come now. */
  private static final Duration NOW = Duration.ofSeconds(2);

  private final Inbox inbox;
  private final Duration patience;

  Requests(Inbox inbox) {
    this(inbox, NOW);
  }

  /**
   * @param patience an event that is due later than this is not waited for
   */
  Requests(Inbox inbox, Duration patience) {
    this.inbox = inbox;
    this.patience = patience;
  }

  /**
   * Hands in all that is asked for, and then waits for one after the other until it is settled, or
   * is put off.
   *
   * @param request the event that asks for it; the same one may do so for several
   * @param line what there is to report of it then
   * @param step is run after each
   */
  <T, L> List<L> follow(
      List<T> asked,
      Function<T, NewEvent> request,
      BiFunction<T, EventStatus, L> line,
      Runnable step)
      throws InterruptedException {
    asked.stream().map(request).distinct().forEach(event -> inbox.accept(event).join());
    List<L> lines = new ArrayList<>();
    for (T one : asked) {
      lines.add(line.apply(one, await(request.apply(one))));
      step.run();
    }
    return lines;
  }

  private EventStatus await(NewEvent request) throws InterruptedException {
    while (true) {
      EventStatus status = inbox.find(request).orElseThrow();
      boolean waits =
          !status.inWork()
              && status.reason().isPresent()
              && status.due().filter(due -> due.isAfter(Instant.now().plus(patience))).isPresent();
      if (status.state() != EventState.PENDING || waits) {
        return status;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
  }
}
