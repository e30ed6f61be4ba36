package io.fitroute.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.subscription.PushSubscription;
import io.fitroute.strava.subscription.SubscriptionRefused;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute subscription}: manages the webhook subscription at Strava. */
@Command(
    name = "subscription",
    description =
        "Show, create or delete the application's webhook subscription, through which"
            + " Strava announces new activities. Strava allows one per application.",
    footer = {
      "  ./fitroute subscription",
      "  ./fitroute subscription create",
      "  ./fitroute subscription create --replace",
      "  ./fitroute subscription delete --json"
    })
final class SubscriptionCommand extends Reporting {

  @Parameters(
      arity = "0..1",
      paramLabel = "show|create|delete",
      defaultValue = "show",
      description = "What to do (default: ${DEFAULT-VALUE}).")
  private String action;

  @Option(
      names = "--replace",
      description = "With create: replace a subscription that points elsewhere.")
  private boolean replace;

  @Option(
      names = "--unchecked",
      description = "With create: do not check webhook.public-url before Strava does.")
  private boolean unchecked;

  @Option(
      names = "--force",
      description = "With delete: delete the subscription even if it points elsewhere.")
  private boolean force;

  @Override
  public Integer call() {
    Settings settings =
        settings().with(Map.of("webhook.subscription", replace ? "replace" : "keep"));
    requireApplication(settings);
    try (StravaClient stravaClient = StravaClient.open(settings, environment().home())) {
      return report(
          switch (action) {
            case "show" -> show(stravaClient);
            case "create" -> create(stravaClient);
            case "delete" -> delete(stravaClient);
            default ->
                throw CommandFailure.wrongUsage(
                    "found '" + action + "', allowed is show, create or delete");
          });
    }
  }

  private static SubscriptionReport show(StravaClient stravaClient) {
    Optional<PushSubscription> found = asked(stravaClient::subscription);
    return found
        .map(
            one -> {
              Optional<Boolean> here = stravaClient.leadsHere(one);
              String finding =
                  here.map(yes -> yes ? "points to this service" : "points elsewhere")
                      .orElse(
                          "(webhook.public-url is not set: it is unknown whether it points here)");
              return SubscriptionReport.of(finding, one, here);
            })
        .orElseGet(() -> SubscriptionReport.none("the application has no subscription"));
  }

  private SubscriptionReport create(StravaClient stravaClient) {
    boolean there =
        asked(stravaClient::subscription).flatMap(stravaClient::leadsHere).orElse(false);
    if (!there) {
      asked(
          () -> {
            stravaClient.subscribe(unchecked);
            return true;
          });
    }
    PushSubscription made =
        asked(stravaClient::subscription)
            .orElseThrow(
                () ->
                    CommandFailure.failed("Strava created the subscription but does not show it"));
    return SubscriptionReport.of(
        there ? "already points to this service" : "was created, and points to this service",
        made,
        stravaClient.leadsHere(made));
  }

  private SubscriptionReport delete(StravaClient stravaClient) {
    PushSubscription found =
        asked(stravaClient::subscription)
            .orElseThrow(() -> CommandFailure.failed("there is no subscription to delete"));
    boolean ours = stravaClient.leadsHere(found).orElse(false);
    if (!ours && !force) {
      throw CommandFailure.failed(
          "subscription "
              + found.id()
              + " points to "
              + Printable.line(found.callbackUrl())
              + ", which may not be this service; delete it anyway with --force");
    }
    asked(
        () -> {
          stravaClient.unsubscribe(found);
          return true;
        });
    return SubscriptionReport.none("subscription " + found.id() + " was deleted");
  }

  /** Passes Strava's refusals on unchanged, and reports other failures as failed requests. */
  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (SubscriptionRefused refused) {
      throw refused;
    } catch (RuntimeException failure) {
      throw CommandFailure.failed("the request to Strava failed: " + ErrorMessages.of(failure));
    }
  }

  /**
   * The application's webhook subscription.
   *
   * @param finding the result as text
   * @param subscription the current subscription; absent if there is none
   * @param leadsHere whether it points to this service; absent if unknown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SubscriptionReport(String finding, PushSubscription subscription, Boolean leadsHere)
      implements Report {

    static SubscriptionReport of(
        String finding, PushSubscription found, Optional<Boolean> leadsHere) {
      return new SubscriptionReport(finding, found, leadsHere.orElse(null));
    }

    static SubscriptionReport none(String finding) {
      return new SubscriptionReport(finding, null, null);
    }

    @Override
    public void print(PrintWriter out) {
      if (subscription == null) {
        out.println(finding);
      } else {
        out.println("subscription " + subscription.id() + " " + finding);
        out.println("  callback  " + Printable.line(subscription.callbackUrl()));
        out.println("  since     " + Printable.line(subscription.createdAt()));
      }
    }
  }
}
