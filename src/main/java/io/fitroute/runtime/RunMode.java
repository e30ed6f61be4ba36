package io.fitroute.runtime;

import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the program runs. */
public enum RunMode {
  /** All of it. */
  SERVE(true, true, List.of(), ""),
  /** The work on events, without any server. */
  WORK(
      false,
      true,
      List.of(),
      "**/strava-webhook.*,**/health.*,**/strava-connect.*,**/strava-watch.*,**/strava-poll.*,**/hevy-webhook.*"),
  /** The way in for athletes alone, beside whatever else runs. */
  CONNECT(true, false, List.of("beans", "errors", "strava-connect", "strava-tokens"), ""),
  /** What a command asks Strava itself, beside whatever else runs. */
  ASK(
      false,
      false,
      List.of(
          "beans",
          "errors",
          "strava-api",
          "strava-tokens",
          "strava-subscription",
          "sinks",
          "hevy",
          "intervals-api"),
      "");

  private static final String WATCH = "**/watch-folder.*";

  private final boolean serves;
  private final boolean works;
  private final List<String> routes;
  private final String without;

  /**
   * @param serves whether it listens for requests
   * @param works whether it works on events
   * @param routes the files of routes that it needs, without their ending; empty for all
   * @param without those it does not need, as a pattern
   */
  RunMode(boolean serves, boolean works, List<String> routes, String without) {
    this.serves = serves;
    this.works = works;
    this.routes = routes;
    this.without = without;
  }

  /** Whether it listens for requests. */
  boolean serves() {
    return serves;
  }

  /** Whether it works on events. */
  boolean works() {
    return works;
  }

  /**
   * What Camel has to know: every setting, and which routes run.
   *
   * @param home the folder of the launcher, where the routes are
   */
  Properties properties(Settings settings, Path home) {
    Properties properties = settings.asProperties();
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("connect.path", settings.url("strava.redirect-uri").getPath());
    // the settings have been read from the environment already
    properties.setProperty("camel.component.properties.environment-variable-mode", "0");
    if (!serves) {
      properties.setProperty("camel.server.enabled", "false");
    }
    if (this != SERVE) {
      properties.setProperty("camel.management.enabled", "false");
    }
    boolean watches = this == SERVE && settings.optionalPath("import.watch").isPresent();
    String unused =
        Stream.of(without, watches ? "" : WATCH)
            .filter(one -> !one.isEmpty())
            .collect(Collectors.joining(","));
    new RouteFiles(home).addTo(properties, routes, unused);
    return properties;
  }
}
