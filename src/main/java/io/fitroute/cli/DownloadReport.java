package io.fitroute.cli;

import java.io.PrintWriter;
import java.util.List;

/** What has become of the activities that were asked for. */
record DownloadReport(List<Line> downloads) implements Report {

  /**
   * One activity.
   *
   * @param state of the request: done, skipped, dead, or pending
   * @param path where the file is; empty if there is none
   * @param provenance which export the file came from; empty if there is none
   * @param reason in words
   * @param nextAttempt when a pending request is tried again; else empty
   */
  record Line(
      String activityId,
      String state,
      String path,
      String provenance,
      String reason,
      String nextAttempt) {}

  @Override
  public int exitCode() {
    return downloads.stream().noneMatch(line -> line.path().isEmpty() || isPending(line))
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    for (Line line : downloads) {
      if (line.path().isEmpty()) {
        out.println(line.activityId() + "  " + why(line));
      } else {
        out.println(line.activityId() + "  " + line.path());
        if (isPending(line)) {
          out.println("    and " + why(line));
        }
      }
    }
  }

  private static String why(Line line) {
    return isPending(line)
        ? "waits until " + line.nextAttempt() + ": " + line.reason()
        : "not delivered: " + line.reason();
  }

  private static boolean isPending(Line line) {
    return line.state().equals("pending");
  }
}
