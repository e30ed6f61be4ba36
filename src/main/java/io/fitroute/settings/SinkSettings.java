package io.fitroute.settings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configured sinks and their settings: {@code sink.NAME.type} is the kind of the sink NAME,
 * {@code sink.NAME.PROPERTY} a property that its kamelet declares, {@code KIND.PROPERTY} the short
 * form for the sink named like its kind.
 */
public final class SinkSettings {

  private static final String TYPE = "type";
  private static final Pattern OF_SINK =
      Pattern.compile("sink[.]([a-z][a-z0-9-]*)[.]([a-z][a-z0-9-]*)");
  private static final Pattern TYPE_VARIABLE = Pattern.compile("SINK_([A-Z][A-Z0-9_]*)_TYPE");
  private static final Pattern OF_KAMELET =
      Pattern.compile("(?i)camel.kamelet.fit.([a-z0-9._-]+).sink[._].*");

  private final Settings settings;
  private final SortedMap<String, SinkKind> kinds = new TreeMap<>();

  /**
   * @param known all kinds
   * @param places the variables of the process and of {@code .env}
   * @param written the names in {@code application.properties}
   * @throws InvalidSetting for a setting of an unknown sink or an unknown property
   */
  SinkSettings(
      Settings settings,
      SortedMap<String, SinkKind> known,
      List<Variables> places,
      Collection<String> written) {
    this.settings = settings;
    kinds.putAll(known);
    for (String name : names(places, written)) {
      settings
          .value(
              Setting.optional(
                  "sink." + name + "." + TYPE, new Kind.Choice(List.copyOf(known.keySet()))))
          .ifPresent(kind -> kinds.put(name, known.get(kind)));
    }
    refuseUnknown(written);
    places.forEach(this::refuseUnknown);
  }

  /** Whether a name in {@code application.properties} belongs to a sink. */
  static boolean isOne(String name) {
    return OF_SINK.matcher(name).matches();
  }

  /** The candidates for names of sinks. */
  private SortedSet<String> names(List<Variables> places, Collection<String> written) {
    SortedSet<String> names = new TreeSet<>(settings.list("fit.sinks"));
    written.stream()
        .map(OF_SINK::matcher)
        .filter(name -> name.matches() && name.group(2).equals(TYPE))
        .forEach(name -> names.add(name.group(1)));
    Set<String> variables = names.stream().map(Setting::variable).collect(Collectors.toSet());
    places.stream()
        .flatMap(place -> place.names().stream())
        .map(TYPE_VARIABLE::matcher)
        .filter(name -> name.matches() && variables.add(name.group(1)))
        .forEach(name -> names.add(name.group(1).toLowerCase(Locale.ROOT).replace('_', '-')));
    return names;
  }

  /** The kind of each sink. */
  public SortedMap<String, SinkKind> kinds() {
    return kinds;
  }

  /**
   * The values of all properties of a sink.
   *
   * @throws InvalidSetting for a value that is not allowed
   */
  public Map<String, String> values(String sink) {
    SinkKind kind = kinds.get(sink);
    Set<String> variables =
        kind.properties().stream()
            .map(property -> Setting.variable(property.setting(sink)))
            .collect(Collectors.toSet());
    Map<String, String> values = new HashMap<>();
    for (SinkKind.Property property : kind.properties()) {
      Optional<String> value =
          settings.value(
              Setting.optional(property.setting(sink), property.kind()).exceptByFile(variables));
      if (sink.equals(kind.name())) {
        value = value.or(() -> settings.known(property.shortSetting(kind.name())));
      }
      values.put(property.name(), value.orElse(property.preset()));
    }
    return values;
  }

  private void refuseUnknown(Collection<String> written) {
    Set<String> known = kinds.keySet().stream().flatMap(this::settings).collect(Collectors.toSet());
    for (String name : written) {
      refuseWithoutEffect(name, PropertiesFile.NAME);
      Matcher parts = OF_SINK.matcher(name);
      if (parts.matches() && !kinds.containsKey(parts.group(1))) {
        throw new InvalidSetting(
            "%s (%s) belongs to an unknown sink: set sink.%s.type, or correct the name"
                .formatted(name, PropertiesFile.NAME, parts.group(1)));
      }
      if (parts.matches() && !known.contains(name)) {
        refuse(name, PropertiesFile.NAME, known);
      }
    }
  }

  private void refuseUnknown(Variables place) {
    Set<String> known =
        kinds.keySet().stream()
            .flatMap(this::settings)
            .map(Setting::variable)
            .collect(Collectors.toSet());
    for (String variable : new TreeSet<>(place.names())) {
      refuseWithoutEffect(variable, place.origin(variable));
      boolean isOfSink =
          kinds.keySet().stream()
              .anyMatch(sink -> variable.startsWith(Setting.variable("sink." + sink + ".")));
      boolean isKnown =
          known.contains(variable)
              || known.contains(variable.replaceFirst(Variables.FILE_SUFFIX + "$", ""));
      if (isOfSink && !isKnown) {
        refuse(variable, place.origin(variable), known);
      }
    }
  }

  private Stream<String> settings(String sink) {
    return Stream.concat(
        Stream.of("sink." + sink + "." + TYPE),
        kinds.get(sink).properties().stream().map(property -> property.setting(sink)));
  }

  /**
   * Rejects Camel's settings for all sinks of a kind, which have no effect because each sink has
   * its own values, and the folder of the sink {@code file}, which other parts need to know as
   * well.
   */
  private static void refuseWithoutEffect(String name, String origin) {
    Matcher parts = OF_KAMELET.matcher(name);
    String instead = "";
    if (parts.matches()) {
      String kind = parts.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
      instead = kind + ".PROPERTY, or sink.NAME.PROPERTY for a sink of your own name";
    } else if (Setting.variable(name).equals("SINK_FILE_DIRECTORY")) {
      instead = "download.base-dir";
    }
    if (!instead.isEmpty()) {
      throw new InvalidSetting("%s (%s) has no effect: set %s".formatted(name, origin, instead));
    }
  }

  private static void refuse(String name, String origin, Collection<String> known) {
    throw new InvalidSetting(
        "%s (%s) is not a setting of a sink; the nearest is %s"
            .formatted(name, origin, NearestName.of(name, known).orElse("none")));
  }
}
