package io.fitroute.doctor;

import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApplicationInactive;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.strava.api.RateLimitExceeded;
import io.fitroute.strava.api.Scope;
import io.fitroute.strava.subscription.PushSubscription;
import io.fitroute.strava.subscription.SubscriptionRefused;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the connection to Strava with at most five requests. */
record StravaChecks(
    Settings settings, StravaClient stravaClient, boolean serviceRuns, Clock clock) {

  private static final int MOST_REQUESTS = 5;

  /** A request, a token refresh, and the request again. */
  private static final int MOST_FOR_AN_ATHLETE = 3;

  private static final Duration CLOCK_MATTERS = Duration.ofMinutes(1);
  private static final String CONNECT = "./fitroute connect";

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    StravaClient.Look look = stravaClient.look();
    findings.add(api(look));
    look.serverTime().ifPresent(time -> findings.add(clock(time)));
    if (look.failure().isEmpty()) {
      findings.add(subscription(look.subscription()));
      findings.addAll(athletes());
    }
    findings.add(publicAddress());
    return findings;
  }

  private static Finding api(StravaClient.Look look) {
    if (look.failure().isEmpty()) {
      return Finding.good("Strava's API", "answers, and accepts the application");
    }
    RuntimeException failure = look.failure().get();
    String what = ErrorMessages.of(failure);
    return failure instanceof SubscriptionRefused
        ? Finding.notConfigured(
            "Strava's API",
            what,
            "Strava does not accept this application as it is.",
            "Follow the message, and restart the service.")
        : Finding.trouble(
            "Strava's API",
            "request failed: " + what,
            "Nothing can be downloaded; events wait, and nothing is lost.",
            "Check the connection to the internet, strava.api-url, and https://status.strava.com.");
  }

  private Finding clock(Instant serverTime) {
    Duration difference = Duration.between(serverTime, clock.instant()).abs();
    String what = "differs from Strava's by " + difference.toSeconds() + " s";
    return difference.compareTo(CLOCK_MATTERS) > 0
        ? Finding.warning(
            "clock",
            what,
            "Tokens are refreshed too late, and files get a wrong time.",
            "Synchronise this machine's clock: timedatectl set-ntp true")
        : Finding.good("clock", what);
  }

  private Finding subscription(Optional<PushSubscription> found) {
    boolean wanted = settings.optionalText("webhook.public-url").isPresent();
    String why = "Without it Strava does not announce new activities.";
    if (found.isEmpty()) {
      String what = "the application has none";
      return wanted
          ? Finding.notConfigured("subscription", what, why, "./fitroute subscription create")
          : atHome(what, why);
    }
    String what = "number " + found.get().id() + ", to " + found.get().callbackUrl();
    return stravaClient
        .leadsHere(found.get())
        .map(
            here ->
                here
                    ? Finding.good("subscription", what + ", which is this service")
                    : Finding.notConfigured(
                        "subscription",
                        what + ", which is not webhook.public-url",
                        "Strava announces new activities elsewhere.",
                        "./fitroute subscription create --replace"))
        .orElseGet(() -> Finding.good("subscription", what));
  }

  private Finding atHome(String what, String why) {
    String how = "Set webhook.public-url; the service then creates the subscription.";
    return settings.integer("reconcile.share") > 0
        ? Finding.good("subscription", what + "; the list of activities is polled instead")
        : Finding.warning("subscription", what, why, how);
  }

  private List<Finding> athletes() {
    List<Finding> findings = new ArrayList<>();
    for (Athletes.Athlete athlete : stravaClient.athletes()) {
      findings.add(athlete(athlete));
      if (athlete.paused()) {
        findings.add(
            Finding.warning(
                "pause",
                "athlete " + athlete.id() + " is paused by its owner",
                "Nothing is downloaded for the athlete; events wait.",
                "./fitroute resume " + athlete.id()));
      }
    }
    if (findings.isEmpty()) {
      boolean given =
          settings.secret("strava.refresh-token").isPresent()
              || settings.secret("strava.access-token").isPresent();
      findings.add(
          Finding.notConfigured(
              "athletes",
              given
                  ? "no athlete is connected; the tokens from the settings are imported at"
                      + " the next start"
                  : "no athlete is connected",
              "There is no athlete whose activities could be downloaded.",
              given ? "Start the service: ./fitroute" : CONNECT));
    }
    return findings;
  }

  private Finding athlete(Athletes.Athlete athlete) {
    String subject = "athlete " + athlete.id();
    if (athlete.mustReconnect().isPresent()) {
      return mustReconnect(subject, athlete.mustReconnect().get());
    }
    Scope missing =
        athlete.scope().isEmpty()
            ? new Scope(java.util.Set.of())
            : Scope.of(settings.text("strava.scope")).missingIn(Scope.of(athlete.scope()));
    if (!missing.isEmpty()) {
      return mustReconnect(subject, "the permission lacks " + missing);
    }
    String scope = athlete.scope().isEmpty() ? "an unknown scope" : athlete.scope();
    if (stravaClient.requests() + MOST_FOR_AN_ATHLETE > MOST_REQUESTS) {
      return Finding.good(subject, "connected with " + scope + "; not tested, to save API budget");
    }
    try {
      stravaClient.ask(athlete.id());
      return Finding.good(subject, "Strava accepts the token; " + scope);
    } catch (MustReconnect refused) {
      return mustReconnect(subject, refused.getMessage());
    } catch (ApplicationInactive inactive) {
      return Finding.notConfigured(
          subject,
          inactive.getMessage(),
          "Strava refuses every request of the application.",
          "Its owner must renew the Strava subscription; see https://www.strava.com/settings/api.");
    } catch (RateLimitExceeded full) {
      return Finding.warning(
          subject,
          "not asked: " + full.getMessage(),
          "Events wait until then; nothing is lost.",
          "Wait until then.");
    } catch (RuntimeException failure) {
      return Finding.trouble(
          subject,
          ErrorMessages.of(failure),
          "The athlete's activities cannot be downloaded.",
          "Try again later; if it persists, " + CONNECT);
    }
  }

  private static Finding mustReconnect(String subject, String what) {
    return Finding.notConfigured(
        subject, what, "The athlete's activities wait until then.", CONNECT);
  }

  private Finding publicAddress() {
    String subject = "public address";
    Optional<String> url = settings.optionalText("webhook.public-url");
    if (url.isEmpty()) {
      return Finding.warning(
          subject,
          "webhook.public-url is not set",
          "So it cannot be checked whether Strava can reach the webhook.",
          "Set it to this service's public address, such as https://runs.example.org.");
    }
    if (!serviceRuns) {
      return Finding.warning(
          subject,
          url.get() + " was not tested: the service is not running",
          "While it is stopped, Strava's events are lost after the third attempt.",
          "Start the service: ./fitroute");
    }
    try {
      stravaClient.probePublicAddress();
    } catch (RuntimeException e) {
      return Finding.trouble(
          subject,
          ErrorMessages.of(e),
          "Strava's events do not arrive.",
          "Fix the proxy, tunnel or firewall in between.");
    }
    return isPrivate(URI.create(url.get()))
        ? Finding.warning(
            subject,
            url.get() + " answers, but only this machine or network can reach it",
            "Strava cannot reach it.",
            "Set webhook.public-url to a publicly reachable address.")
        : Finding.good(subject, url.get() + " answers as Strava expects");
  }

  private static boolean isPrivate(URI address) {
    String host = address.getHost();
    return host.equals("localhost")
        || host.endsWith(".local")
        || host.matches("(127|10)\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*|\\[.*]");
  }
}
