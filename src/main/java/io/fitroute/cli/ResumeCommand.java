package io.fitroute.cli;

import io.fitroute.cli.report.PauseReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute resume}: has the events of a paused athlete worked on again. */
@Command(
    name = "resume",
    description =
        "Go on fetching for an athlete who was paused; what came in meanwhile is worked on at once.",
    footer = {"  ./fitroute resume 4455667", "  ./fitroute resume 4455667 --json"})
final class ResumeCommand extends Reporting {

  @Parameters(
      paramLabel = "ATHLETE_ID",
      description = "Number of the athlete; ./fitroute status lists those who are connected.")
  private long id;

  @Override
  public Integer call() {
    return report(PauseReport.change(settings(), Long.toString(id), false));
  }
}
