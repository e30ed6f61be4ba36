package io.fitroute.doctor;

import io.fitroute.http.ErrorMessages;
import io.fitroute.monitoring.Warnings;
import io.fitroute.runtime.HevyClient;
import io.fitroute.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks that workouts can be read from Hevy and written to Intervals.icu; no findings if Hevy is
 * not used.
 */
record HevyChecks(Settings settings, HevyClient client) {

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    for (String warning : Warnings.ofHevy(settings)) {
      findings.add(
          Finding.warning(
              "workouts", warning, "The Hevy integration is incomplete.", "Put it into .env."));
    }
    if (settings.secret("hevy.api-key").isEmpty()) {
      return findings;
    }
    findings.add(
        tried(
            "Hevy",
            () -> {
              int count = client.count();
              Optional<String> leads = client.subscription();
              return count
                  + " workouts; the webhook points to "
                  + leads.orElse("nowhere, according to the API");
            },
            "hevy.api-key and hevy.api-url"));
    if (settings.secret("intervals.api-key").isPresent()) {
      findings.add(
          tried(
              "Intervals.icu",
              () -> {
                client.probeIntervals();
                return "accepts the API key";
              },
              "intervals.athlete, intervals.api-key and intervals.url"));
    }
    return findings;
  }

  private static Finding tried(String service, Supplier<String> attempt, String settings) {
    try {
      return Finding.good(service, attempt.get());
    } catch (RuntimeException e) {
      return Finding.trouble(
          service,
          ErrorMessages.of(e),
          "No workout reaches Intervals.icu.",
          "Check " + settings + ".");
    }
  }
}
