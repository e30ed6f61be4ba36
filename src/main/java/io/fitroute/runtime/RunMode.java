package io.fitroute.runtime;

import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The mode of a process, which determines the routes that run. A route that is not called by
 * another one states its modes in its {@code precondition}, where the property {@code
 * fitroute.mode} is the mode in lower case.
 */
public enum RunMode {
  /** All parts. */
  SERVE(true, true),
  /** Work on events, without servers. */
  WORK(false, true),
  /** Only the OAuth callback, while no service can receive it. */
  CONNECT(true, false),
  /** Requests of a command, whether or not a service is running. */
  ASK(false, false);

  private final boolean serves;
  private final boolean works;

  /**
   * @param serves whether it accepts requests
   * @param works whether it works on events
   */
  RunMode(boolean serves, boolean works) {
    this.serves = serves;
    this.works = works;
  }

  boolean serves() {
    return serves;
  }

  boolean works() {
    return works;
  }

  /**
   * The properties for Camel: all settings, and the locations of the routes.
   *
   * @param home the folder of the launcher, which contains the routes
   */
  Properties properties(Settings settings, Path home) {
    Properties properties = settings.asProperties();
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("fitroute.mode", name().toLowerCase(Locale.ROOT));
    properties.setProperty("connect.path", settings.url("strava.redirect-uri").getPath());
    // the settings already include the environment
    properties.setProperty("camel.component.properties.environment-variable-mode", "0");
    if (!serves) {
      properties.setProperty("camel.server.enabled", "false");
    }
    if (this != SERVE) {
      properties.setProperty("camel.management.enabled", "false");
    }
    new RouteFiles(home).addTo(properties, works);
    return properties;
  }
}
