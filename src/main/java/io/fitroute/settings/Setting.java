package io.fitroute.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting that fitroute knows.
 *
 * @param name as in {@code application.properties}, e.g. {@code strava.client-id}
 * @param kind what values it takes
 * @param optional whether it may be empty
 * @param derived what an empty one stands for, where {@code {other.name}} is replaced by the value
 *     of a setting declared before this one; empty when nothing
 */
record Setting<T>(String name, Kind<T> kind, boolean optional, Optional<String> derived) {

  static <T> Setting<T> required(String name, Kind<T> kind) {
    return new Setting<>(name, kind, false, Optional.empty());
  }

  static <T> Setting<T> optional(String name, Kind<T> kind) {
    return new Setting<>(name, kind, true, Optional.empty());
  }

  static <T> Setting<T> derived(String name, Kind<T> kind, String template) {
    return new Setting<>(name, kind, true, Optional.of(template));
  }

  boolean secret() {
    return kind instanceof Kind.Secret;
  }

  /** The environment variable of the same meaning, e.g. {@code STRAVA_CLIENT_ID}. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    StringBuilder variable = new StringBuilder(name.length());
    for (char character : name.toUpperCase(Locale.ROOT).toCharArray()) {
      boolean kept =
          (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
      variable.append(kept ? character : '_');
    }
    return variable.toString();
  }
}
