package io.fitroute.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One setting that fitroute knows.
 *
 * @param name as in {@code application.properties}, e.g. {@code strava.client-id}
 * @param kind what values it takes
 * @param optional whether it may be empty
 * @param derived what an empty one stands for, where {@code {other.name}} is replaced by the value
 *     of a setting declared before this one; empty when nothing
 * @param aliases environment variables by which other tools know the same thing
 * @param byFile whether it may be named by {@code NAME_FILE}, the path of a file that holds it
 */
record Setting<T>(
    String name,
    Kind<T> kind,
    boolean optional,
    Optional<String> derived,
    List<String> aliases,
    boolean byFile) {

  static <T> Setting<T> required(String name, Kind<T> kind) {
    return new Setting<>(name, kind, false, Optional.empty(), List.of(), kind.secret());
  }

  static <T> Setting<T> optional(String name, Kind<T> kind) {
    return new Setting<>(name, kind, true, Optional.empty(), List.of(), kind.secret());
  }

  static <T> Setting<T> derived(String name, Kind<T> kind, String template) {
    return new Setting<>(name, kind, true, Optional.of(template), List.of(), kind.secret());
  }

  /** The same setting, which other tools know by another environment variable. */
  Setting<T> alsoAs(String alias) {
    return new Setting<>(name, kind, optional, derived, List.of(alias), byFile);
  }

  /** The same setting; {@code NAME_FILE} is something else if that is among these variables. */
  Setting<T> exceptByFile(Collection<String> variables) {
    boolean free = !variables.contains(variable() + Variables.FILE_SUFFIX);
    return new Setting<>(name, kind, optional, derived, aliases, byFile && free);
  }

  /** All environment variables that set it, its own first. */
  List<String> variables() {
    return Stream.concat(Stream.of(variable()), aliases.stream()).toList();
  }

  boolean secret() {
    return kind.secret();
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
