package io.fitroute.cli;

import io.fitroute.delivery.Adoption.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What was taken over from another tool.
 *
 * @param dryRun whether nothing was changed
 * @param taken how many files count as delivered now
 * @param known how many did before
 * @param notTaken those that do not, and why
 */
record ImportReport(boolean dryRun, long taken, long known, List<Line> notTaken) implements Report {

  private static final int MOST_LINES = 200;

  /** An entry of the list as it is written there. */
  record Line(String activityId, String filePath, String reason) {}

  static ImportReport begin(boolean dryRun) {
    return new ImportReport(dryRun, 0, 0, new ArrayList<>());
  }

  ImportReport with(Finding finding) {
    return switch (finding.verdict()) {
      case TAKEN -> new ImportReport(dryRun, taken + 1, known, notTaken);
      case KNOWN -> new ImportReport(dryRun, taken, known + 1, notTaken);
      case NOT_TAKEN -> {
        notTaken.add(
            new Line(finding.entry().activityId(), finding.entry().filePath(), finding.reason()));
        yield this;
      }
    };
  }

  @Override
  public int exitCode() {
    return notTaken.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%d %s, %d known already, %d not taken%n",
        taken, dryRun ? "would be taken over" : "taken over", known, notTaken.size());
    notTaken.stream()
        .limit(MOST_LINES)
        .forEach(
            line ->
                out.println(
                    "not taken: "
                        + Printable.line(line.activityId())
                        + " "
                        + Printable.line(line.filePath())
                        + ": "
                        + Printable.line(line.reason())));
    if (notTaken.size() > MOST_LINES) {
      out.println("and " + (notTaken.size() - MOST_LINES) + " more; --json lists all");
    }
  }
}
