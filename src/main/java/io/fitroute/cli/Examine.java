package io.fitroute.cli;

import io.fitroute.doctor.Doctor;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fitroute doctor}: everything that can be wrong, and how it is mended. */
@Command(
    name = "doctor",
    description =
        "Examine everything that can be wrong, and say how it is mended. Asks Strava at most five"
            + " times; exits with 0 if all works, 1 if something does not, 3 if something has to be"
            + " set up or somebody has to connect.",
    footer = {"  ./fitroute doctor", "  ./fitroute doctor --json"})
final class Examine implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private Reporting reporting;

  Examine(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Doctor doctor =
        new Doctor(
            surroundings::settings,
            surroundings.workingDirectory(),
            surroundings.home(),
            Clock.systemUTC());
    DoctorReport report = DoctorReport.of(doctor.examine());
    reporting.report(report);
    return report.exitCode();
  }
}
