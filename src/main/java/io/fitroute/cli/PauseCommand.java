package io.fitroute.cli;

import io.fitroute.cli.report.PauseReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute pause}: makes the events of an athlete wait. */
@Command(
    name = "pause",
    description =
        "Pause an athlete until ./fitroute resume: events are still accepted, but wait."
            + " The connection and the files are not changed.",
    footer = {"  ./fitroute pause 4455667", "  ./fitroute pause 4455667 --json"})
final class PauseCommand extends Reporting {

  @Parameters(
      paramLabel = "ATHLETE_ID",
      description = "ID of the athlete; ./fitroute status lists connected athletes.")
  private long id;

  @Override
  public Integer call() {
    return report(PauseReport.change(settings(), Long.toString(id), true));
  }
}
