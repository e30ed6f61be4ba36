package io.fitroute.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is set for sinks: {@code sink.NAME.type} is the kind of the sink NAME, {@code
 * sink.NAME.PROPERTY} a property that its kamelet declares, {@code KIND.PROPERTY} the short form
 * for the sink that bears its kind's name.
 */
public final class SinkSettings {

  private static final String TYPE = "type";
  private static final Pattern OF_SINK =
      Pattern.compile("sink[.]([a-z][a-z0-9-]*)[.]([a-z][a-z0-9-]*)");
  private static final Pattern TYPE_VARIABLE = Pattern.compile("SINK_([A-Z][A-Z0-9_]*)_TYPE");

  private final Settings settings;
  private final List<Variables> places;
  private final Collection<String> written;

  /**
   * @param places of variables
   * @param written names in {@code application.properties}
   */
  SinkSettings(Settings settings, List<Variables> places, Collection<String> written) {
    this.settings = settings;
    this.places = places;
    this.written = written;
  }

  /** Whether a name in {@code application.properties} belongs to a sink. */
  static boolean isOne(String name) {
    return OF_SINK.matcher(name).matches();
  }

  /**
   * A property that a kamelet declares, in the terms of JSON Schema.
   *
   * @param format {@code password} for a secret, {@code path} for a file or folder, {@code uri}
   * @param allowed the only values; empty if there are others
   * @param preset the value while none is set; may be empty
   */
  public record Property(
      String name,
      String type,
      String format,
      List<String> allowed,
      boolean required,
      String preset) {

    /** Its name in settings: {@code key-file} for {@code keyFile}. */
    String dashed() {
      return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The setting by which it is usually set. */
    public String setting(String sink, String kind) {
      return sink.equals(kind) ? kind + "." + dashed() : qualified(sink);
    }

    private String qualified(String sink) {
      return "sink." + sink + "." + dashed();
    }

    private Kind<?> values() {
      if (!allowed.isEmpty()) {
        return new Kind.Choice(allowed);
      }
      return switch (type) {
        case "integer" -> new Kind.WholeNumber(0, Integer.MAX_VALUE);
        case "boolean" -> new Kind.Choice(List.of("true", "false"));
        default ->
            switch (format) {
              case "password" -> Kind.Secret.any();
              case "path" -> new Kind.File();
              case "uri" -> new Kind.Url();
              default -> Kind.Text.any();
            };
      };
    }
  }

  /**
   * The kinds of sinks with a name of their own.
   *
   * @param known all kinds
   * @throws InvalidSetting for one that there is not
   */
  public SortedMap<String, String> kinds(Collection<String> known) {
    SortedSet<String> names = new TreeSet<>(settings.list("fit.sinks"));
    written.stream()
        .map(OF_SINK::matcher)
        .filter(Matcher::matches)
        .filter(name -> name.group(2).equals(TYPE))
        .forEach(name -> names.add(name.group(1)));
    places.stream()
        .flatMap(place -> place.names().stream())
        .map(TYPE_VARIABLE::matcher)
        .filter(Matcher::matches)
        .map(name -> name.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
        .filter(name -> names.stream().noneMatch(same(name)))
        .forEach(names::add);
    SortedMap<String, String> kinds = new TreeMap<>();
    for (String name : names) {
      settings
          .value(Setting.optional("sink." + name + "." + TYPE, new Kind.Choice(List.copyOf(known))))
          .ifPresent(kind -> kinds.put(name, kind));
    }
    return kinds;
  }

  private static Predicate<String> same(String name) {
    return other -> Setting.variable(other).equals(Setting.variable(name));
  }

  /**
   * The values of a sink's properties, all of them.
   *
   * @throws InvalidSetting for one that is not allowed
   */
  public Map<String, String> values(String sink, String kind, List<Property> properties) {
    Collection<String> variables =
        properties.stream()
            .map(property -> Setting.variable(property.qualified(sink)))
            .collect(Collectors.toSet());
    Map<String, String> values = new HashMap<>();
    for (Property property : properties) {
      List<String> names = new ArrayList<>(List.of(property.qualified(sink)));
      if (sink.equals(kind)) {
        names.add(property.setting(sink, kind));
      }
      values.put(
          property.name(),
          names.stream()
              .map(name -> Setting.optional(name, property.values()).exceptByFile(variables))
              .map(settings::value)
              .flatMap(Optional::stream)
              .findFirst()
              .orElse(property.preset()));
    }
    return values;
  }

  /**
   * Refuses what is set and belongs to no sink, or to none of its properties.
   *
   * @param sinks each with what its kamelet declares
   */
  public void refuseUnknown(Map<String, List<Property>> sinks) {
    for (String name : written) {
      Matcher parts = OF_SINK.matcher(name);
      if (parts.matches() && !sinks.containsKey(parts.group(1))) {
        throw new InvalidSetting(
            "%s (%s) is of a sink that there is not: set sink.%s.type, or correct the name"
                .formatted(name, PropertiesFile.NAME, parts.group(1)));
      }
    }
    List<String> known =
        sinks.entrySet().stream()
            .flatMap(
                sink ->
                    Stream.concat(
                        Stream.of("sink." + sink.getKey() + "." + TYPE),
                        sink.getValue().stream().map(one -> one.qualified(sink.getKey()))))
            .toList();
    written.stream()
        .filter(SinkSettings::isOne)
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> refuse(name, PropertiesFile.NAME, known));
    Map<String, String> variables = new HashMap<>();
    known.forEach(name -> variables.put(Setting.variable(name), name));
    for (Variables place : places) {
      for (String variable : new TreeSet<>(place.names())) {
        boolean isOfSink =
            sinks.keySet().stream()
                .anyMatch(sink -> variable.startsWith(Setting.variable("sink." + sink + ".")));
        boolean isKnown =
            variables.containsKey(variable)
                || variables.containsKey(variable.replaceFirst(Variables.FILE_SUFFIX + "$", ""));
        if (isOfSink && !isKnown) {
          refuse(variable, place.origin(variable), variables.keySet());
        }
      }
    }
  }

  private static void refuse(String name, String origin, Collection<String> known) {
    throw new InvalidSetting(
        "%s (%s) is no setting of a sink; the nearest is %s"
            .formatted(
                name, origin, NearestName.of(name, known, Integer.MAX_VALUE).orElse("none")));
  }
}
