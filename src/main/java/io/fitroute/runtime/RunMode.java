package io.fitroute.runtime;

import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * What of the program runs. A route that is not called by another says in its {@code precondition}
 * in which modes it runs; there a mode is the property {@code fitroute.mode}, in lower case.
 */
public enum RunMode {
  /** All of it. */
  SERVE(true, true),
  /** The work on events, without any server. */
  WORK(false, true),
  /** The way in for athletes alone, beside whatever else runs. */
  CONNECT(true, false),
  /** What a command asks Strava itself, beside whatever else runs. */
  ASK(false, false);

  private final boolean serves;
  private final boolean works;

  /**
   * @param serves whether it listens for requests
   * @param works whether it works on events
   */
  RunMode(boolean serves, boolean works) {
    this.serves = serves;
    this.works = works;
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
   * What Camel has to know: every setting, and where the routes are.
   *
   * @param home the folder of the launcher, where the routes are
   */
  Properties properties(Settings settings, Path home) {
    Properties properties = settings.asProperties();
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("fitroute.mode", name().toLowerCase(Locale.ROOT));
    properties.setProperty("connect.path", settings.url("strava.redirect-uri").getPath());
    // the settings have been read from the environment already
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
