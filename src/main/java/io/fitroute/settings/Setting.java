package io.fitroute.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting of fitroute.
 *
 * @param name as in {@code application.properties}, e.g. {@code strava.client-id}
 * @param kind the type of its values
 * @param optional whether it may be empty
 * @param derived the default of an empty setting, in which {@code {other.name}} is replaced by the
 *     value of a setting declared earlier; empty for none
 * @param aliases other tools' environment variables with the same meaning
 * @param byFile whether {@code NAME_FILE} may give the path of a file with the value
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

  /** The same setting with another environment variable as an alias. */
  Setting<T> alsoAs(String alias) {
    return new Setting<>(name, kind, optional, derived, List.of(alias), byFile);
  }

  /** The same setting without {@code NAME_FILE} if that is one of these variables. */
  Setting<T> exceptByFile(Collection<String> variables) {
    boolean free = !variables.contains(variable() + Variables.FILE_SUFFIX);
    return new Setting<>(name, kind, optional, derived, aliases, byFile && free);
  }

  /** The environment variables that set it, its own first. */
  List<String> variables() {
    return Stream.concat(Stream.of(variable()), aliases.stream()).toList();
  }

  boolean secret() {
    return kind.secret();
  }

  /** Its environment variable, e.g. {@code STRAVA_CLIENT_ID}. */
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
