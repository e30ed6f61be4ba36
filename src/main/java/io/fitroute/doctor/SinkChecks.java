package io.fitroute.doctor;

import io.fitroute.service.Errands;
import io.fitroute.service.Sentences;
import io.fitroute.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether each sink takes a file: a probe is put there, and removed. */
final class SinkChecks {

  private final Settings settings;
  private final Path home;
  private final Errands errands;

  SinkChecks(Settings settings, Path home, Errands errands) {
    this.settings = settings;
    this.home = home;
    this.errands = errands;
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    for (String sink : settings.list("fit.sinks")) {
      findings.add(examine(sink));
    }
    return findings;
  }

  private Finding examine(String sink) {
    String subject = "sink " + sink;
    if (!exists(sink, "sink")) {
      return Finding.trouble(
          subject,
          "there is no routes/kamelets/fit-" + sink + "-sink.kamelet.yaml",
          "Nothing can be delivered.",
          "Put the kamelet there, or correct fit.sinks.");
    }
    if (!exists(sink, "purge")) {
      return Finding.good(
          subject, "not tried: without a kamelet fit-" + sink + "-purge a probe would stay there");
    }
    try {
      errands.probeSink(sink);
      return Finding.good(subject, "takes files, and gives them back");
    } catch (RuntimeException e) {
      return Finding.trouble(
          subject,
          "a probe could not be put there and removed: " + Sentences.of(e),
          "Nothing can be delivered.",
          sink.equals("file")
              ? "Let the user that runs fitroute write to '"
                  + settings.path("download.base-dir")
                  + "', or set download.base-dir to another folder."
              : "Check the settings of the sink, and that its server runs and lets this one in.");
    }
  }

  private boolean exists(String sink, String kind) {
    return Files.exists(home.resolve("routes/kamelets/fit-" + sink + "-" + kind + ".kamelet.yaml"));
  }
}
