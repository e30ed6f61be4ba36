package io.fitroute.service;

import io.fitroute.delivery.SinkKamelets;
import io.fitroute.settings.Settings;
import java.util.Set;
import java.util.stream.Collectors;

/** The sinks that the settings name, and whether they can do what is asked of them. */
record SinkChoice(Settings settings, SinkKamelets kamelets) {

  /**
   * Refuses what would be noticed at the first delivery only.
   *
   * @throws CannotStart for a name that is none, and for a sink that lacks something
   */
  void require() {
    String removal = settings.choice("on-delete");
    for (String sink : settings.list("fit.sinks")) {
      if (!kamelets.names().contains(sink)) {
        throw new CannotStart(
            "fit.sinks names \""
                + sink
                + "\", and there is no kamelet fit-"
                + sink
                + "-sink; allowed: "
                + String.join(", ", kamelets.names()));
      }
      kamelets
          .obstacle(sink, settings.asProperties())
          .ifPresent(
              obstacle -> {
                throw new CannotStart("fit.sinks names \"" + sink + "\", which " + obstacle);
              });
      if (!removal.equals("keep") && !kamelets.can(sink, removal)) {
        throw new CannotStart(
            "on-delete is "
                + removal
                + ", and the sink "
                + sink
                + " has no kamelet fit-"
                + sink
                + "-"
                + removal
                + "; allowed: keep");
      }
    }
  }

  /** Names only follow the title where they hold it, and where the sink has a way to rename. */
  Set<String> followingTitles() {
    if (!settings.text("fit.file-name").contains("title")) {
      return Set.of();
    }
    return settings.list("fit.sinks").stream()
        .filter(sink -> kamelets.can(sink, "move"))
        .collect(Collectors.toSet());
  }

  /** Whether a sink has a kamelet for an action besides taking files. */
  boolean can(String sink, String action) {
    return kamelets.can(sink, action);
  }
}
