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
 * Every setting with the value that counts, checked. Immutable.
 *
 * <p>An environment variable wins over a line of {@code .env} in the working directory, and that
 * over {@code application.properties}. The variable of a setting is its name in upper case with an
 * underscore for every other character: {@code strava.client-id} is {@code STRAVA_CLIENT_ID}. A
 * secret may also be given as {@code NAME_FILE}, the path of a file that holds it.
 *
 * <p>Asking for a name that does not exist, or for one as something it is not, is a mistake in the
 * program and an {@link IllegalArgumentException}.
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
   * @param workingDirectory where {@code .env} is looked for and relative paths start
   * @param home the folder that holds {@code application.properties} and the kamelets
   * @throws InvalidSetting on the first value that is unknown or malformed
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
   * A copy with some settings changed, whatever the environment and the files say.
   *
   * @param changes values by name, written as in {@code application.properties}; an empty one
   *     unsets. Names that are not fitroute's own reach Camel as they are
   * @throws InvalidSetting when a value is not allowed
   */
  public Settings with(Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putAll(changes);
    return new Settings(
        Map.copyOf(all), environment, dotEnv, file, kinds, exports, workingDirectory);
  }

  /** The value of any setting that is neither a secret nor unset, in its shortest notation. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> misused(name, "a setting that is always set"));
  }

  /** The value of any setting that is not a secret; empty when it is unset. */
  public Optional<String> optionalText(String name) {
    Setting<?> setting = setting(name);
    if (setting.secret()) {
      throw misused(name, "a text: it is a secret");
    }
    return written(setting);
  }

  /** A secret; empty when it is unset. Never to be logged. */
  public Optional<String> secret(String name) {
    return optional(name, Kind.Secret.class);
  }

  /** The files that hold a secret; none where it stands in a variable itself. */
  public List<Path> secretFiles(String name) {
    Setting<?> setting = setting(name);
    return Stream.concat(environment.files(setting), dotEnv.files(setting)).toList();
  }

  /** A TCP port, 0 for any free one. */
  public int port(String name) {
    return value(name, Kind.Port.class);
  }

  /** A whole number. */
  public int integer(String name) {
    return value(name, Kind.WholeNumber.class);
  }

  /** A number of bytes. */
  public long bytes(String name) {
    return value(name, Kind.ByteSize.class);
  }

  /**
   * The number of bytes that a text says as settings do, such as 256MB.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static long bytesIn(String text) {
    return new Kind.ByteSize(0, Long.MAX_VALUE)
        .read(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is not a number of bytes"));
  }

  /** A time span above zero. */
  public Duration duration(String name) {
    return value(name, Kind.TimeSpan.class);
  }

  /** A time span above zero; empty when it is unset. */
  public Optional<Duration> optionalDuration(String name) {
    return optional(name, Kind.TimeSpan.class);
  }

  /** The waits before each next attempt, at least one. */
  public List<Duration> backoffSchedule(String name) {
    return value(name, Kind.BackoffSchedule.class);
  }

  /** One of the words that the setting allows. */
  public String choice(String name) {
    return value(name, Kind.Choice.class);
  }

  /** Words in their order, at least one, none twice. */
  public List<String> list(String name) {
    return value(name, Kind.Words.class);
  }

  /** A file or folder, absolute. */
  public Path path(String name) {
    return value(name, Kind.File.class);
  }

  /** A file or folder, absolute; empty when it is unset. */
  public Optional<Path> optionalPath(String name) {
    return optional(name, Kind.File.class);
  }

  /** The address of an HTTP server, without a slash at its end. */
  public URI url(String name) {
    return value(name, Kind.Url.class);
  }

  /** All exports there are, by name; {@code fit.exports} says which are used. */
  public SortedMap<String, ExportKind> exports() {
    return exports;
  }

  /** The sinks, and what is set for them. */
  public SinkSettings sinks() {
    return sinks;
  }

  private SinkSettings sinkSettings() {
    SortedSet<String> written = new TreeSet<>(file.all().keySet());
    written.addAll(overrides.keySet());
    return new SinkSettings(this, kinds, List.of(environment, dotEnv), written);
  }

  /** The value of a known setting, <em>also of a secret</em>; empty when it is unset. */
  Optional<String> known(String name) {
    return written(setting(name));
  }

  /** The value of a setting that a kamelet declares; empty when it is unset. */
  <T> Optional<String> value(Setting<T> setting) {
    return found(setting)
        .filter(found -> !found.text().isEmpty())
        .map(found -> written(setting, checked(setting, found)));
  }

  /**
   * All settings as routes see them in {@code {{name}}}, <em>secrets included</em>: relative paths
   * made absolute, derived values filled in, unset ones empty. With them everything else that
   * stands in {@code application.properties}, such as {@code camel.*} and what an engineer added
   * for a sink; there too a variable of the same name wins.
   *
   * <p>Whoever hands them to Camel has to keep it from looking into the environment itself, or an
   * empty variable, or one that {@link #with} overrules, would win after all.
   */
  public Properties asProperties() {
    Properties properties = new Properties();
    properties.putAll(others);
    for (Setting<?> setting : known.all()) {
      properties.setProperty(setting.name(), written(setting).orElse(""));
    }
    return properties;
  }

  /** What is probably a mistake without stopping the start, each in one line without values. */
  public List<String> warnings() {
    return warnings;
  }

  /** Names and values, without secrets and without what was passed through to Camel. */
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

  /** A shell expands {@code ~} in a variable, but nothing does in the files. */
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

  /** A name without a dot is left alone: as a variable it may be any other program's. */
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

  /** A service that is not Strava posts to an address of its own. */
  private void refuseSharedWebhook() {
    if (text("hevy.webhook-path").equals(text("webhook.path"))) {
      throw new InvalidSetting(
          "hevy.webhook-path and webhook.path are both %s; allowed: two different paths"
              .formatted(Shown.quoted(text("webhook.path"))));
    }
  }

  /** Other tools come back at a path of their own, which is fine as long as it is free. */
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

  @SuppressWarnings("unchecked") // a value was made by the kind of its own setting
  private static <T> String written(Setting<T> setting, Object value) {
    return setting.kind().write((T) value);
  }

  private <T> T value(String name, Class<? extends Kind<T>> kind) {
    return optional(name, kind).orElseThrow(() -> misused(name, "a setting that is always set"));
  }

  @SuppressWarnings("unchecked") // a value was made by the kind of its own setting
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
