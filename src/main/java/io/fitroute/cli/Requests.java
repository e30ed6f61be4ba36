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

/** Puts requests into the inbox and waits for their results. */
final class Requests {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** An event due later than this waits for something and is not awaited. */
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
   * Submits all requests and waits for each until it is settled or postponed.
   *
   * @param request the event for an item; several items may have the same one
   * @param line the report line for an item
   * @param step called after each item
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
