package io.fitroute.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.hevy.KeyRefused;
import io.fitroute.hevy.NotAccepted;
import io.fitroute.hevy.NotFound;
import io.fitroute.hevy.WorkoutWebhook;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.HevyClient;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fitroute hevy subscription}: the webhook by which Hevy announces new workouts. */
@Command(
    name = "hevy",
    description =
        "Show, create or delete Hevy's webhook subscription, which announces new workouts. An API key"
            + " has at most one. https://hevy.com/settings?developer shows it, too.",
    footer = {
      "  ./fitroute hevy subscription",
      "  ./fitroute hevy subscription create",
      "  ./fitroute hevy subscription delete --json"
    })
final class HevySubscriptionCommand extends Reporting {

  private static final String PAGE = "https://hevy.com/settings?developer";

  @Parameters(index = "0", paramLabel = "subscription", description = "The only subject.")
  private String subject;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "show|create|delete",
      defaultValue = "show",
      description = "The action (default: ${DEFAULT-VALUE}).")
  private String action;

  @Override
  public Integer call() {
    if (!subject.equals("subscription")) {
      throw CommandFailure.wrongUsage(
          "found '" + Printable.line(subject) + "', allowed is subscription");
    }
    Settings settings = settings();
    if (settings.secret("hevy.api-key").isEmpty()) {
      throw CommandFailure.notConfigured("HEVY_API_KEY is not set: find it at " + PAGE);
    }
    Optional<String> address =
        settings
            .optionalText("webhook.public-url")
            .map(url -> url + settings.text("hevy.webhook-path"));
    try (StravaClient stravaClient = StravaClient.open(settings, environment().home())) {
      HevyClient hevy = stravaClient.hevy();
      return report(
          switch (action) {
            case "show" -> show(hevy, address);
            case "create" -> create(hevy, address, settings);
            case "delete" -> delete(hevy);
            default ->
                throw CommandFailure.wrongUsage(
                    "found '" + Printable.line(action) + "', allowed is show, create or delete");
          });
    } catch (KeyRefused refused) {
      throw CommandFailure.notConfigured(refused.getMessage());
    } catch (NotFound gone) {
      throw CommandFailure.failed(
          "Hevy's API no longer offers this: on "
              + PAGE
              + " set the URL to "
              + address.orElse("this service's public address with hevy.webhook-path")
              + " and the authorization header to the value of hevy.webhook-token");
    } catch (NotAccepted refused) {
      throw CommandFailure.failed(refused.getMessage());
    }
  }

  private static HevySubscriptionReport show(HevyClient hevy, Optional<String> address) {
    Optional<String> url = asked(hevy);
    String finding =
        url.isEmpty()
            ? "there is none, or Hevy's API no longer shows it: see " + PAGE
            : address
                .map(here -> here.equals(url.get()) ? "points to this service" : "points elsewhere")
                .orElse("may point here or elsewhere: webhook.public-url is not set");
    return new HevySubscriptionReport(finding, url.orElse(null));
  }

  private static HevySubscriptionReport create(
      HevyClient hevy, Optional<String> address, Settings settings) {
    String here =
        address.orElseThrow(
            () ->
                CommandFailure.notConfigured(
                    "webhook.public-url is not set: Hevy must reach this service there"));
    Optional<String> there = asked(hevy);
    if (there.equals(address)) {
      return new HevySubscriptionReport("already pointed to this service", here);
    }
    if (there.isPresent()) {
      throw CommandFailure.failed(
          "the webhook points to "
              + Printable.line(there.get())
              + "; delete it first with ./fitroute hevy subscription delete");
    }
    hevy.subscribe(here, WorkoutWebhook.token(settings).orElseThrow());
    return new HevySubscriptionReport("was created and points to this service", here);
  }

  private static HevySubscriptionReport delete(HevyClient hevy) {
    String url =
        asked(hevy)
            .orElseThrow(
                () ->
                    CommandFailure.failed("there is nothing to delete: the API shows no webhook"));
    hevy.unsubscribe();
    return new HevySubscriptionReport(
        "the webhook to " + Printable.line(url) + " was deleted", null);
  }

  private static Optional<String> asked(HevyClient hevy) {
    try {
      return hevy.subscription();
    } catch (KeyRefused | NotAccepted refused) {
      throw refused;
    } catch (RuntimeException failure) {
      throw CommandFailure.failed("the request to Hevy failed: " + ErrorMessages.of(failure));
    }
  }

  /**
   * Hevy's webhook.
   *
   * @param finding the result as text
   * @param url where it points; absent if there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HevySubscriptionReport(String finding, String url) implements Report {
    @Override
    public void print(PrintWriter out) {
      out.println(url == null ? finding : "webhook " + finding + ": " + Printable.line(url));
    }
  }
}
