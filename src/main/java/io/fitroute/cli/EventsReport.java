package io.fitroute.cli;

import java.io.PrintWriter;
import java.util.List;

/** Events of the inbox. */
record EventsReport(List<Line> events) implements Report {

  /**
   * One event.
   *
   * @param attempts how often it was tried in vain
   * @param nextAttempt when it is tried next; empty once it is settled, and while it waits its turn
   * @param reason why it ended so, or what it waits for
   */
  record Line(
      long id,
      String origin,
      String aspect,
      String objectType,
      String objectId,
      String ownerId,
      String eventTime,
      String receivedAt,
      String state,
      int attempts,
      String nextAttempt,
      String reason) {}

  @Override
  public void print(PrintWriter out) {
    if (events.isEmpty()) {
      out.println("no events");
    }
    for (Line line : events) {
      out.printf(
          "%6d  %s  %-8s %s of %s %s%s%s%n",
          line.id(),
          line.receivedAt(),
          line.state(),
          line.aspect(),
          line.objectType(),
          line.objectId(),
          line.nextAttempt().isEmpty() ? "" : ", next at " + line.nextAttempt(),
          line.reason().isEmpty() ? "" : ": " + line.reason());
    }
  }
}
