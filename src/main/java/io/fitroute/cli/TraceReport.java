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

  boolean isEmpty() {
    return steps.isEmpty() && files.isEmpty();
  }

  @Override
  public void print(PrintWriter out) {
    if (isEmpty()) {
      out.println("nothing is known of activity " + activityId + ": no event of it was received");
      return;
    }
    out.println("activity " + activityId + "  " + sportType + "  " + printable(name));
    for (Step step : steps) {
      out.printf("  %s  event %d  %s%n", step.at(), step.event(), printable(step.what()));
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

  /** Names come from outside: nothing in them may move the terminal's cursor. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
