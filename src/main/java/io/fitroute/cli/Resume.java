package io.fitroute.cli;

import io.fitroute.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fitroute resume}: has the events of a paused athlete worked on again. */
@Command(
    name = "resume",
    description =
        "Go on fetching for an athlete who was paused; what came in meanwhile is worked on at once.",
    footer = {"  ./fitroute resume 4455667", "  ./fitroute resume 4455667 --json"})
final class Resume implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "ATHLETE_ID",
      description = "Number of the athlete; ./fitroute status lists those who are connected.")
  private long id;

  @Mixin private Reporting reporting;

  Resume(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Settings settings = surroundings.settings();
    reporting.report(PauseReport.change(settings, Long.toString(id), false));
    return ExitCode.DONE;
  }
}
