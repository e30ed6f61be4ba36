package io.fitroute.cli;

import io.fitroute.inbox.EventState;
import io.fitroute.inbox.EventStatus;
import java.io.PrintWriter;
import java.util.List;

/** What has become of the files that were written from streams. */
record UpgradeReport(List<Line> files) implements Report {

  private static final String PLANNED = "planned";

  /**
   * One file.
   *
   * @param place where it is, such as {@code file:2026/11/123.fit}
   * @param state {@code planned} in a dry run; {@code done} once it is the original; {@code
   *     skipped} if it stays; {@code pending} or {@code dead}
   * @param reason in words
   * @param nextAttempt when a pending one is tried again; else empty
   */
  record Line(String activityId, String place, String state, String reason, String nextAttempt) {

    static Line planned(String activityId, String place) {
      return new Line(activityId, place, PLANNED, "written from streams", "");
    }

    static Line of(String activityId, String place, EventStatus status) {
      return new Line(
          activityId,
          place,
          status.state().word(),
          status.reason().orElse(""),
          status.nextAttempt());
    }
  }

  @Override
  public int exitCode() {
    return files.stream().anyMatch(line -> line.state().equals(EventState.DEAD.word()))
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    if (files.isEmpty()) {
      out.println("no file was written from streams: nothing to upgrade");
    }
    for (Line line : files) {
      out.printf(
          "%s  %-8s %s%s%n",
          line.place(),
          line.state(),
          line.reason(),
          line.nextAttempt().isEmpty() ? "" : ", next at " + line.nextAttempt());
    }
  }
}
