package io.fitroute.runtime;

import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Which parts of the program run. */
public enum RunMode {
  /** All parts. */
  SERVE(true, true, List.of(), ""),
  /** Work on events, without servers. */
  WORK(
      false,
      true,
      List.of(),
      "**/strava-webhook.*,**/health.*,**/strava-connect.*,**/strava-watch.*,**/strava-poll.*,**/hevy-webhook.*"),
  /** Only the OAuth callback, beside a running service. */
  CONNECT(true, false, List.of("beans", "errors", "strava-connect", "strava-tokens"), ""),
  /** Requests to Strava for a command, beside a running service. */
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

  private final boolean serves;
  private final boolean works;
  private final List<String> routes;
  private final String without;

  /**
   * @param serves whether it accepts requests
   * @param works whether it works on events
   * @param routes the needed files of routes, without their extension; empty for all
   * @param without the files not needed, as a pattern
   */
  RunMode(boolean serves, boolean works, List<String> routes, String without) {
    this.serves = serves;
    this.works = works;
    this.routes = routes;
    this.without = without;
  }

  boolean serves() {
    return serves;
  }

  boolean works() {
    return works;
  }

  /**
   * The properties for Camel: every setting, and which routes run.
   *
   * @param home the folder of the launcher, which contains the routes
   */
  Properties properties(Settings settings, Path home) {
    Properties properties = settings.asProperties();
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("connect.path", settings.url("strava.redirect-uri").getPath());
    // the settings already include the environment
    properties.setProperty("camel.component.properties.environment-variable-mode", "0");
    if (!serves) {
      properties.setProperty("camel.server.enabled", "false");
    }
    if (this != SERVE) {
      properties.setProperty("camel.management.enabled", "false");
    }
    new RouteFiles(home).addTo(properties, routes, without);
    return properties;
  }
}
