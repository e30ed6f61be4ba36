package io.fitroute.cli;

import io.fitroute.doctor.Doctor;
import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine.Command;

/** {@code fitroute doctor}: everything that can be wrong, and how it is mended. */
@Command(
    name = "doctor",
    description =
        "Examine everything that can be wrong, and say how it is mended. Asks Strava at most five"
            + " times; exits with 0 if all works, 1 if something does not, 3 if something has to be"
            + " set up or somebody has to connect.",
    footer = {"  ./fitroute doctor", "  ./fitroute doctor --json"})
final class Examine extends Reporting {

  @Override
  public Integer call() throws IOException {
    Doctor doctor =
        new Doctor(
            this::settings,
            surroundings().workingDirectory(),
            surroundings().home(),
            Clock.systemUTC());
    return report(DoctorReport.of(doctor.examine()));
  }
}
