package io.fitroute.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The effective values of all settings, validated. Immutable.
 *
 * <p>An environment variable takes precedence over {@code .env} in the working directory, which
 * takes precedence over {@code application.properties}. The variable of a setting is its name in
 * upper case with an underscore for every other character: {@code strava.client-id} is {@code
 * STRAVA_CLIENT_ID}. A secret may also be given as {@code NAME_FILE}, the path of a file that
 * contains it.
 *
 * <p>Using an unknown name or the wrong type is a mistake in the program and throws {@link
 * IllegalArgumentException}.
 */
public final class Settings {
  private final Map<String, String> overrides;
  private final Variables environment;
  private final Variables dotEnv;
  private final PropertiesFile file;
  private final SortedMap<String, SinkKind> kinds;
  private final SortedMap<String, ExportKind> exports;
  private final Path workingDirectory;
  private final KnownSettings known;
  private final Map<String, Object> values;
  private final SortedMap<String, String> others;
  private final List<String> warnings;
  private final SinkSettings sinks;

  private Settings(
      Map<String, String> overrides,
      Variables environment,
      Variables dotEnv,
      PropertiesFile file,
      SortedMap<String, SinkKind> kinds,
      SortedMap<String, ExportKind> exports,
      Path workingDirectory) {
    this.overrides = overrides;
    this.environment = environment;
    this.dotEnv = dotEnv;
    this.file = file;
    this.kinds = kinds;
    this.exports = Collections.unmodifiableSortedMap(exports);
    this.workingDirectory = workingDirectory;
    this.known = new KnownSettings(kinds.values());
    this.others = others();
    this.values = values();
    this.warnings = new Misspellings(known).in(List.of(environment, dotEnv), others.keySet());
    refuseSharedPort();
    refuseSharedPath();
    refuseSharedWebhook();
    this.sinks = sinkSettings();
  }

  /**
   * Reads and checks all settings.
   *
   * @param environment the environment variables of the process
   * @param workingDirectory the folder of {@code .env}, at which relative paths start
   * @param home the folder with {@code application.properties} and the kamelets
   * @throws InvalidSetting for the first value that is unknown or malformed
   */
  public static Settings load(Map<String, String> environment, Path workingDirectory, Path home) {
    Path directory = workingDirectory.toAbsolutePath().normalize();
    Map<String, DotEnv.Entry> entries = DotEnv.parse(contents(directory.resolve(".env")));
    Map<String, String> lines = new HashMap<>();
    entries.forEach((name, entry) -> lines.put(name, entry.value()));
    return new Settings(
        Map.of(),
        new Variables(
            Map.copyOf(environment), variable -> "environment variable " + variable, directory),
        new Variables(lines, variable -> ".env line " + entries.get(variable).line(), directory),
        PropertiesFile.read(home),
        SinkKind.all(home),
        ExportKind.all(home),
        directory);
  }

  /**
   * A copy with some settings changed; the changes take precedence over the environment and the
   * files.
   *
   * @param changes values by name, written as in {@code application.properties}; an empty one
   *     unsets. Names unknown to fitroute are passed to Camel unchanged
   * @throws InvalidSetting if a value is not allowed
   */
  public Settings with(Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putAll(changes);
    return new Settings(
        Map.copyOf(all), environment, dotEnv, file, kinds, exports, workingDirectory);
  }

  /** The value of a setting that is set and not a secret, in its shortest notation. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> misused(name, "a setting that is always set"));
  }

  /** The value of a setting that is not a secret; empty if unset. */
  public Optional<String> optionalText(String name) {
    Setting<?> setting = setting(name);
    if (setting.secret()) {
      throw misused(name, "a text: it is a secret");
    }
    return written(setting);
  }

  /** A secret; empty if unset. Must never be logged. */
  public Optional<String> secret(String name) {
    return optional(name, Kind.Secret.class);
  }

  /** The files that contain a secret; none if it is set directly. */
  public List<Path> secretFiles(String name) {
    Setting<?> setting = setting(name);
    return Stream.concat(environment.files(setting), dotEnv.files(setting)).toList();
  }

  /** A TCP port; 0 means any free one. */
  public int port(String name) {
    return value(name, Kind.Port.class);
  }

  public int integer(String name) {
    return value(name, Kind.WholeNumber.class);
  }

  public long bytes(String name) {
    return value(name, Kind.ByteSize.class);
  }

  /**
   * Parses a number of bytes in the notation of settings, such as 256MB.
   *
   * @throws IllegalArgumentException if the text is not valid
   */
  public static long bytesIn(String text) {
    return new Kind.ByteSize(0, Long.MAX_VALUE)
        .read(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is not a number of bytes"));
  }

  /** A positive duration. */
  public Duration duration(String name) {
    return value(name, Kind.TimeSpan.class);
  }

  /** A positive duration; empty if unset. */
  public Optional<Duration> optionalDuration(String name) {
    return optional(name, Kind.TimeSpan.class);
  }

  /** The delays before the next attempts, at least one. */
  public List<Duration> backoffSchedule(String name) {
    return value(name, Kind.BackoffSchedule.class);
  }

  /** One of the words the setting allows. */
  public String choice(String name) {
    return value(name, Kind.Choice.class);
  }

  /** One or more distinct words, in their order. */
  public List<String> list(String name) {
    return value(name, Kind.Words.class);
  }

  /** A file or folder, absolute. */
  public Path path(String name) {
    return value(name, Kind.File.class);
  }

  /** A file or folder, absolute; empty if unset. */
  public Optional<Path> optionalPath(String name) {
    return optional(name, Kind.File.class);
  }

  /** The address of an HTTP server, without a slash at its end. */
  public URI url(String name) {
    return value(name, Kind.Url.class);
  }

  /** The available exports by name; {@code fit.exports} says which are used. */
  public SortedMap<String, ExportKind> exports() {
    return exports;
  }

  /** The settings of sinks. */
  public SinkSettings sinks() {
    return sinks;
  }

  private SinkSettings sinkSettings() {
    SortedSet<String> written = new TreeSet<>(file.all().keySet());
    written.addAll(overrides.keySet());
    return new SinkSettings(this, kinds, List.of(environment, dotEnv), written);
  }

  /** The value of a known setting, <em>secrets included</em>; empty if unset. */
  Optional<String> known(String name) {
    return written(setting(name));
  }

  /** The value of a setting that a kamelet declares; empty if unset. */
  <T> Optional<String> value(Setting<T> setting) {
    return found(setting)
        .filter(found -> !found.text().isEmpty())
        .map(found -> written(setting, checked(setting, found)));
  }

  /**
   * All settings for the routes' {@code {{name}}}, <em>secrets included</em>: relative paths are
   * absolute, derived values filled in, unset ones empty. Other entries of {@code
   * application.properties}, such as {@code camel.*} and those an engineer added for a sink, are
   * included; a variable of the same name takes precedence there too.
   *
   * <p>Camel must be kept from reading the environment itself; otherwise an empty variable, or one
   * overridden by {@link #with}, would take precedence after all.
   */
  public Properties asProperties() {
    Properties properties = new Properties();
    properties.putAll(others);
    for (Setting<?> setting : known.all()) {
      properties.setProperty(setting.name(), written(setting).orElse(""));
    }
    return properties;
  }

  /** Probable mistakes that do not stop the start, one line each, without values. */
  public List<String> warnings() {
    return warnings;
  }

  /** Names and values, without secrets and without entries passed to Camel. */
  @Override
  public String toString() {
    Map<String, String> shown = new LinkedHashMap<>();
    for (Setting<?> setting : known.all()) {
      written(setting)
          .map(text -> setting.secret() ? "(set)" : Shown.withoutPasswords(text))
          .ifPresent(text -> shown.put(setting.name(), text));
    }
    return "Settings" + shown;
  }

  private Map<String, Object> values() {
    Map<String, Object> resolved = new HashMap<>();
    for (Setting<?> setting : known.all()) {
      Optional<Found> found = found(setting).filter(text -> !text.text().isEmpty());
      if (found.isEmpty()) {
        found = setting.derived().map(template -> new Found(filled(template, resolved), "derived"));
      }
      if (found.isPresent()) {
        resolved.put(setting.name(), checked(setting, found.get()));
      } else if (!setting.optional()) {
        throw InvalidSetting.missing(setting);
      }
    }
    return Map.copyOf(resolved);
  }

  private Optional<Found> found(Setting<?> setting) {
    String override = overrides.get(setting.name());
    if (override != null) {
      return Optional.of(new Found(override, "given by the program"));
    }
    return environment.find(setting).or(() -> dotEnv.find(setting)).or(() -> file.find(setting));
  }

  private Object checked(Setting<?> setting, Found found) {
    Object value =
        setting.kind().read(found.text()).orElseThrow(() -> InvalidSetting.value(setting, found));
    return value instanceof Path path ? absolute(path) : value;
  }

  private Path absolute(Path path) {
    boolean belowUserHome = path.startsWith("~");
    Path base = belowUserHome ? userHome() : workingDirectory;
    Path relative = belowUserHome ? path.getName(0).relativize(path) : path;
    return base.resolve(relative).normalize();
  }

  /** A shell expands {@code ~} in a variable, but not in the files. */
  private Path userHome() {
    return Path.of(
        environment.find("HOME").map(Found::text).orElseGet(() -> System.getProperty("user.home")));
  }

  private String filled(String template, Map<String, Object> resolved) {
    String text = template;
    for (Map.Entry<String, Object> entry : resolved.entrySet()) {
      text = text.replace("{" + entry.getKey() + "}", entry.getValue().toString());
    }
    return text;
  }

  private SortedMap<String, String> others() {
    SortedMap<String, String> passedOn = new TreeMap<>();
    Map<String, String> all = new TreeMap<>(file.all());
    all.putAll(overrides);
    all.forEach(
        (name, text) -> {
          if (known.find(name).isPresent() || SinkSettings.isOne(name)) {
            return;
          }
          if (known.ours(name)) {
            throw new Misspellings(known).unknown(name);
          }
          passedOn.put(name, overrides.containsKey(name) ? text : overruled(name, text));
        });
    return passedOn;
  }

  /** A name without a dot is left alone, because its variable may belong to another program. */
  private String overruled(String name, String text) {
    if (name.indexOf('.') < 0) {
      return text;
    }
    String variable = Setting.variable(name);
    return environment.find(variable).or(() -> dotEnv.find(variable)).map(Found::text).orElse(text);
  }

  private void refuseSharedPort() {
    int port = port("webhook.port");
    if (port != 0 && port == port("admin.port")) {
      throw new InvalidSetting(
          "admin.port is "
              + port
              + ", the same as webhook.port; allowed: two different ports, or 0 for any free one");
    }
  }

  /** Another service's webhook needs a path of its own. */
  private void refuseSharedWebhook() {
    if (text("hevy.webhook-path").equals(text("webhook.path"))) {
      throw new InvalidSetting(
          "hevy.webhook-path and webhook.path are both %s; allowed: two different paths"
              .formatted(Shown.quoted(text("webhook.path"))));
    }
  }

  /** The path of the OAuth callback may be freely chosen as long as no other endpoint uses it. */
  private void refuseSharedPath() {
    String path = url("strava.redirect-uri").getPath();
    if (Set.of("", "/health", "/connect", text("webhook.path")).contains(path)) {
      throw new InvalidSetting(
          ("strava.redirect-uri is %s, whose path is already in use; allowed: an address"
                  + " such as http://localhost:5000/oauth/callback")
              .formatted(Shown.quoted(text("strava.redirect-uri"))));
    }
  }

  private Optional<String> written(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.name())).map(value -> written(setting, value));
  }

  @SuppressWarnings("unchecked") // a value has the type of its own setting
  private static <T> String written(Setting<T> setting, Object value) {
    return setting.kind().write((T) value);
  }

  private <T> T value(String name, Class<? extends Kind<T>> kind) {
    return optional(name, kind).orElseThrow(() -> misused(name, "a setting that is always set"));
  }

  @SuppressWarnings("unchecked") // a value has the type of its own setting
  private <T> Optional<T> optional(String name, Class<? extends Kind<T>> kind) {
    if (!kind.isInstance(setting(name).kind())) {
      throw misused(name, "of the kind " + kind.getSimpleName());
    }
    return Optional.ofNullable((T) values.get(name));
  }

  private Setting<?> setting(String name) {
    return known
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no setting " + name));
  }

  private static IllegalArgumentException misused(String name, String wanted) {
    return new IllegalArgumentException(name + " is not " + wanted);
  }

  private static String contents(Path dotEnv) {
    try {
      return Files.readString(dotEnv);
    } catch (NoSuchFileException none) {
      return "";
    } catch (CharacterCodingException binary) {
      throw new InvalidSetting(dotEnv + " is not UTF-8 text");
    } catch (IOException unreadable) {
      throw new InvalidSetting(dotEnv + " cannot be read; allowed: a readable file, or none");
    }
  }
}
