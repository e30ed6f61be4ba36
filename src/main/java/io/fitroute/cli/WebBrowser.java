package io.fitroute.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The user's web browser: the one in the variable {@code BROWSER}, or the desktop's default. */
final class WebBrowser {

  private final Map<String, String> environment;
  private final String system;

  WebBrowser(Map<String, String> environment) {
    this(environment, System.getProperty("os.name", ""));
  }

  WebBrowser(Map<String, String> environment, String system) {
    this.environment = environment;
    this.system = system.toLowerCase(Locale.ROOT);
  }

  /** Opens an address; returns false if there is no browser. */
  boolean open(URI address) {
    Optional<List<String>> command = command(address.toString());
    try {
      if (command.isPresent()) {
        new ProcessBuilder(command.get())
            .redirectInput(Redirect.from(nothing()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
      }
      return command.isPresent();
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** The command to run; empty without a desktop, as over SSH. */
  Optional<List<String>> command(String address) {
    String own = environment.getOrDefault("BROWSER", "");
    if (!own.isBlank()) {
      return Optional.of(List.of(own, address));
    }
    if (system.startsWith("mac")) {
      return Optional.of(List.of("open", address));
    }
    if (system.startsWith("windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address));
    }
    boolean desktop =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return desktop ? Optional.of(List.of("xdg-open", address)) : Optional.empty();
  }

  private java.io.File nothing() {
    return new java.io.File(system.startsWith("windows") ? "NUL" : "/dev/null");
  }
}
