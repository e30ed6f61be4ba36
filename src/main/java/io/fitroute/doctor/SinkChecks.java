package io.fitroute.doctor;

import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks that each sink takes a file, by putting and removing a probe. */
record SinkChecks(Settings settings, Path home, StravaClient stravaClient) {

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    List<String> chosen = settings.list("fit.sinks");
    for (String sink : chosen) {
      findings.add(examine(sink));
    }
    routed().stream()
        .filter(sink -> !chosen.contains(sink))
        .map(this::examine)
        .forEach(findings::add);
    return findings;
  }

  /**
   * The sinks that the route choose-sinks may select: all words in its expressions that are names
   * of sinks. Which ones a file goes to is only known when there is a file.
   */
  private Set<String> routed() {
    Set<String> found = new TreeSet<>();
    try {
      Path own = home.resolve("routes/own/choose-sinks.camel.yaml");
      Path route = Files.exists(own) ? own : home.resolve("routes/choose-sinks.camel.yaml");
      for (String line : Files.readAllLines(route)) {
        if (line.strip().startsWith("expression:")) {
          found.addAll(List.of(line.split("[^A-Za-z0-9-]+")));
        }
      }
    } catch (IOException unreadable) {
      return Set.of();
    }
    found.retainAll(stravaClient.sinks().names());
    return found;
  }

  private Finding examine(String sink) {
    String subject = "sink " + sink;
    if (!stravaClient.sinks().names().contains(sink)) {
      return Finding.trouble(
          subject,
          "there is neither sink." + sink + ".type nor a kamelet fit-" + sink + "-sink",
          "Nothing can be delivered.",
          "Set its kind, or correct fit.sinks.");
    }
    if (!stravaClient.sinks().can(sink, Operation.PURGE)) {
      return Finding.good(
          subject, "not tested: it cannot remove files, so a test file would remain there");
    }
    try {
      stravaClient.probeSink(sink);
      return Finding.good(subject, "accepts files and returns them");
    } catch (RuntimeException e) {
      return Finding.trouble(
          subject,
          "a test file could not be put there and removed: " + ErrorMessages.of(e),
          "Nothing can be delivered.",
          sink.equals("file")
              ? "Give the user that runs fitroute write access to '"
                  + settings.path("download.base-dir")
                  + "', or set download.base-dir to another folder."
              : "Check the settings of the sink, and that its server is running and grants"
                  + " access.");
    }
  }
}
