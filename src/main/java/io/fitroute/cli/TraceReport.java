package io.fitroute.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * The story of one activity.
 *
 * @param name what its owner calls it; empty while that is not known
 * @param steps what happened, oldest first
 * @param files where its file is
 */
record TraceReport(
    String activityId, String name, String sportType, List<Step> steps, List<File> files)
    implements Report {

  /**
   * @param event the event for which it was done
   */
  record Step(String at, long event, String what) {}

  record File(
      String sink, String path, String provenance, long size, String sha256, String deliveredAt) {}

  private boolean isNothing() {
    return steps.isEmpty() && files.isEmpty();
  }

  @Override
  public int exitCode() {
    return isNothing() ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Override
  public void print(PrintWriter out) {
    if (isNothing()) {
      out.println("nothing is known of activity " + activityId + ": no event of it was received");
      return;
    }
    out.println("activity " + activityId + "  " + sportType + "  " + Printable.line(name));
    for (Step step : steps) {
      out.printf("  %s  event %d  %s%n", step.at(), step.event(), Printable.line(step.what()));
    }
    for (File file : files) {
      out.printf(
          "  file at %s: %s (%s, %d bytes, SHA-256 %s, since %s)%n",
          file.sink(),
          file.path(),
          file.provenance(),
          file.size(),
          file.sha256(),
          file.deliveredAt());
    }
  }
}
