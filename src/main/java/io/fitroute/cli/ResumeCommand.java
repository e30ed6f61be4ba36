package io.fitroute.cli;

import io.fitroute.cli.report.PauseReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute resume}: resumes the events of a paused athlete. */
@Command(
    name = "resume",
    description = "Resume a paused athlete; waiting events are processed at once.",
    footer = {"  ./fitroute resume 4455667", "  ./fitroute resume 4455667 --json"})
final class ResumeCommand extends Reporting {

  @Parameters(
      paramLabel = "ATHLETE_ID",
      description = "ID of the athlete; ./fitroute status lists connected athletes.")
  private long id;

  @Override
  public Integer call() {
    return report(PauseReport.change(settings(), Long.toString(id), false));
  }
}
