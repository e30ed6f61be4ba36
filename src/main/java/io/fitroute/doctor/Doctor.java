package io.fitroute.doctor;

import io.fitroute.history.EventSource;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.monitoring.Warnings;
import io.fitroute.runtime.CannotStart;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.vault.UnreadableSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs all checks. */
public final class Doctor {

  private final Supplier<Settings> settings;
  private final Path workingDirectory;
  private final Path home;
  private final Clock clock;

  /**
   * @param settings read when needed, because they may be invalid
   * @param workingDirectory the folder of {@code .env}
   * @param home the folder of the launcher, which contains the routes
   */
  public Doctor(Supplier<Settings> settings, Path workingDirectory, Path home, Clock clock) {
    this.settings = settings;
    this.workingDirectory = workingDirectory;
    this.home = home;
    this.clock = clock;
  }

  /** Runs all checks; those that depend on something broken are skipped. */
  public List<Finding> examine() throws IOException {
    List<Finding> findings = new ArrayList<>();
    Settings read;
    try {
      read = settings.get();
    } catch (InvalidSetting wrong) {
      findings.add(
          Finding.notConfigured(
              "settings",
              wrong.getMessage(),
              "Nothing starts with an invalid setting.",
              "Correct the setting there."));
      return findings;
    }
    findings.addAll(settings(read));
    findings.addAll(new MachineChecks(read, workingDirectory).examine());
    boolean runs = ServiceLock.isHeld(read.path("data.dir"));
    findings.add(
        runs
            ? Finding.good("service", "is running on this data folder")
            : Finding.warning(
                "service",
                "is not running on this data folder",
                "Events that Strava sends while it is stopped are lost after the third attempt.",
                "./fitroute"));
    findings.add(new CredentialCheck(read, clock).examine());
    Finding ledger = new LedgerIntegrity(read).examine();
    findings.add(ledger);
    if (ledger.verdict() != Finding.Verdict.GOOD) {
      return findings;
    }
    try (StravaClient stravaClient = StravaClient.open(read, home)) {
      findings.add(news(EventSource.of(stravaClient.ledger(), read, clock)));
      findings.addAll(new LedgerChecks(stravaClient.ledger(), runs, clock).examine());
      findings.addAll(new SinkChecks(read, home, stravaClient).examine());
      findings.addAll(new HevyChecks(read, stravaClient.hevy()).examine());
      if (ApiApplication.of(read).isComplete()) {
        findings.addAll(new StravaChecks(read, stravaClient, runs, clock).examine());
      }
    } catch (LedgerUnavailable | CannotStart e) {
      findings.add(
          Finding.trouble(
              "start",
              e.getMessage(),
              "The service cannot start either.",
              "Follow the message; ./fitroute serve --debug shows more."));
    } catch (UnreadableSecret e) {
      findings.add(
          Finding.notConfigured(
              "data key",
              e.getMessage(),
              "Without it no request to Strava is possible.",
              "Follow the message."));
    }
    return findings;
  }

  private static Finding news(EventSource news) {
    String what = "arrives " + news.describe();
    return news.isPolled() || news.isByWebhook()
        ? Finding.good("news", what)
        : Finding.warning(
            "news",
            what,
            "Without a webhook, new activities are not found.",
            "Set reconcile.share to 10, or webhook.public-url.");
  }

  private static List<Finding> settings(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    for (String missing : Warnings.ofSettings(settings)) {
      findings.add(
          Finding.notConfigured(
              "settings", missing, "Strava does not work without it.", "Put it into .env."));
    }
    for (String warning : settings.warnings()) {
      findings.add(
          Finding.warning(
              "settings", warning, "It has no effect as it is written.", "Correct or remove it."));
    }
    for (String warning : Warnings.ofSportTypes(settings)) {
      findings.add(
          Finding.warning(
              "settings",
              warning,
              "If Strava does not have it either, no activity has this type.",
              "Correct it, or leave it if it is a new one."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.good("settings", "complete and well-formed"));
    }
    return findings;
  }
}
