package io.fitroute.cli.report;

import io.fitroute.delivery.Resends.Resendable;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** The files copied to a sink. */
public record ResendReport(String sink, List<Line> files) implements Report {

  /**
   * One file.
   *
   * @param place where it was, such as {@code file:2026/11/123.fit}
   * @param state {@code planned} in a dry run; {@code done}; {@code skipped} if the sink already
   *     has it; {@code pending} or {@code dead}
   * @param reason the reason as text
   */
  public record Line(String activityId, String place, String state, String reason) {

    public static Line of(Resendable one, EventStatus status) {
      return new Line(
          one.activityId(), one.place(), status.state().word(), status.reason().orElse(""));
    }
  }

  @Override
  public int exitCode() {
    Set<String> missing = Set.of(EventState.DEAD.word(), EventState.PENDING.word());
    return files.stream().anyMatch(line -> missing.contains(line.state()))
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    if (files.isEmpty()) {
      out.println("no other sink has a file for this: nothing to send to " + sink);
    }
    for (Line line : files) {
      out.printf("%s  %-8s %s%n", line.place(), line.state(), line.reason());
    }
  }
}
