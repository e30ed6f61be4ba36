package io.fitroute.cli;

import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.runtime.OAuthCallbackListener;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.oauth.AthleteConnector.Invitation;
import io.fitroute.strava.oauth.OAuthStates;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute connect}: connects an athlete. */
@Command(
    name = "connect",
    description =
        "Connect an athlete: open Strava's consent page, wait for the answer, store the tokens.",
    footer = {
      "  ./fitroute connect",
      "  ./fitroute connect --no-browser",
      "  ./fitroute connect --code 'http://localhost:5000/oauth/callback?code=...&scope=...'"
    })
final class ConnectCommand extends Reporting {

  @Option(
      names = "--no-browser",
      description = "Print the address of the consent page instead of opening it.")
  private boolean noBrowser;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = {
        "For a browser that cannot reach this machine:",
        "the code from the address at which the browser ended up, or that whole address."
      })
  private Optional<String> code;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      defaultValue = "5m",
      description = "How long to wait for the athlete (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    requireApplication(settings);
    return report(code.isPresent() ? byHand(settings) : byBrowser(settings));
  }

  private ConnectReport byHand(Settings settings) {
    ReturnAddress given = ReturnAddress.of(code.orElseThrow());
    try (StravaClient stravaClient = StravaClient.open(settings, environment().home())) {
      String id = stravaClient.connect(given.error(), given.code(), given.scope()).athleteId();
      return report(stravaClient.ledger(), id, settings);
    }
  }

  private ConnectReport byBrowser(Settings settings) throws InterruptedException {
    try (OAuthCallbackListener oAuthCallbackListener =
        OAuthCallbackListener.open(settings, environment().home())) {
      Invitation invitation = oAuthCallbackListener.invite();
      show(invitation.address());
      OAuthStates.End end =
          oAuthCallbackListener
              .await(invitation, timeout)
              .orElseThrow(() -> CommandFailure.failed(nobodyCame(settings)));
      String id =
          end.athleteId()
              .orElseThrow(() -> CommandFailure.notConfigured(end.refusal().orElseThrow()));
      return report(oAuthCallbackListener.ledger(), id, settings);
    }
  }

  private void show(URI address) {
    boolean opened = !noBrowser && new WebBrowser(environment().variables()).open(address);
    inform(
        opened
            ? "Strava's consent page opens in your browser. If it does not, open this address:"
            : "Open this address in a browser on this machine, and choose Authorize:");
    inform("\n  " + address + "\n");
  }

  private String nobodyCame(Settings settings) {
    URI redirect = settings.url("strava.redirect-uri");
    return "no answer from Strava within "
        + timeout.toSeconds()
        + " s. If Strava showed \"redirect_uri invalid\", set the Authorization Callback Domain at"
        + " https://www.strava.com/settings/api to "
        + redirect.getHost()
        + ". If the browser ended up at an address it could not open, run ./fitroute connect"
        + " --code with that address";
  }

  private static ConnectReport report(Ledger ledger, String id, Settings settings) {
    Athletes.Athlete athlete = new Athletes(ledger, Clock.systemUTC()).find(id).orElseThrow();
    List<String> next = new ArrayList<>();
    if (!ServiceLock.isHeld(settings.path("data.dir"))) {
      next.add("start the service with ./fitroute");
    }
    if (!Rows.any(ledger.read(), "select count(*) from subscription")) {
      next.add("subscribe to new activities: ./fitroute subscription create");
    }
    next.add("download an activity now: ./fitroute download ID");
    return new ConnectReport(id, athlete.name(), athlete.scope(), next);
  }

  /**
   * The connected athlete.
   *
   * @param scope the granted scope, separated by commas
   * @param next what to do next
   */
  record ConnectReport(String athleteId, String name, String scope, List<String> next)
      implements Report {

    @Override
    public void print(PrintWriter out) {
      String who = name.isEmpty() ? "" : Printable.line(name) + ", ";
      out.println("connected: " + who + "athlete " + athleteId + ", with the scope " + scope);
      next.forEach(step -> out.println("next: " + step));
    }
  }
}
