package io.fitroute.cli;

import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute disconnect}: revokes an athlete's permission and deletes the tokens. */
@Command(
    name = "disconnect",
    description =
        "Disconnect an athlete: revoke the permission at Strava and delete the tokens."
            + " Delivered files are kept.",
    footer = {"  ./fitroute disconnect 4455667", "  ./fitroute disconnect 4455667 --only-here"})
final class DisconnectCommand extends Reporting {

  @Parameters(
      paramLabel = "ATHLETE_ID",
      description = "ID of the athlete; ./fitroute status lists connected athletes.")
  private long id;

  @Option(
      names = "--only-here",
      description = "Delete the tokens without revoking the permission at Strava.")
  private boolean onlyHere;

  @Override
  public Integer call() {
    Settings settings = settings();
    String athlete = Long.toString(id);
    String name = KnownAthlete.of(settings, athlete).name();
    if (!onlyHere) {
      requireApplication(settings);
    }
    try (StravaClient stravaClient = StravaClient.open(settings, environment().home())) {
      String atStrava = onlyHere ? "not asked" : revoke(stravaClient, athlete);
      return report(new DisconnectReport(athlete, name, atStrava, stravaClient.forget(athlete)));
    }
  }

  private static String revoke(StravaClient stravaClient, String athlete) {
    try {
      return stravaClient.revoke(athlete) ? "revoked" : "was revoked already";
    } catch (RuntimeException e) {
      throw CommandFailure.failed(
          ErrorMessages.of(e)
              + " (the tokens are kept; try again, or delete them with --only-here and"
              + " revoke the permission at https://www.strava.com/settings/apps)");
    }
  }

  /**
   * The disconnected athlete.
   *
   * @param atStrava the permission at Strava: {@code revoked}, {@code was revoked already} or
   *     {@code not asked}
   * @param eventsSettled the number of events that waited for the athlete's tokens and are now
   *     skipped
   */
  record DisconnectReport(String athleteId, String name, String atStrava, int eventsSettled)
      implements Report {

    @Override
    public void print(PrintWriter out) {
      out.println(
          "disconnected: "
              + (name.isEmpty() ? "" : Printable.line(name) + ", ")
              + "athlete "
              + athleteId
              + "; the tokens were deleted, the permission at Strava "
              + (atStrava.equals("not asked") ? "was not touched" : atStrava));
      if (eventsSettled > 0) {
        out.println(eventsSettled + " events that waited for the athlete were skipped");
      }
    }
  }
}
