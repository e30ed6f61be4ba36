package io.fitroute.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Detects names that were probably meant to be settings. */
final class Misspellings {
  private static final int MOST_EDITS = 2;

  /** Names with these prefixes are meant for fitroute, however much they differ from its own. */
  private static final List<String> OURS = List.of("STRAVA_", "FIT_", "WEBHOOK_");

  private final KnownSettings known;

  Misspellings(KnownSettings known) {
    this.known = known;
  }

  /** The error for a name that must be meant for fitroute. */
  InvalidSetting unknown(String name) {
    String nearest =
        NearestName.of(name, known.names())
            .map(candidate -> "; the nearest is " + candidate)
            .orElse("");
    return new InvalidSetting(
        "%s (%s) is not a setting of fitroute%s".formatted(name, PropertiesFile.NAME, nearest));
  }

  /** Warnings, one line each, for probable mistakes in places that other programs use too. */
  List<String> in(List<Variables> places, Collection<String> passedOn) {
    List<String> warnings = new ArrayList<>();
    Set<String> variables =
        StreamSupport.stream(known.all().spliterator(), false)
            .flatMap(setting -> setting.variables().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> elsewhere = passedOn.stream().map(Setting::variable).collect(Collectors.toSet());
    for (Variables place : places) {
      Set<String> names = new TreeSet<>(place.names());
      names.removeAll(elsewhere);
      for (String name : names) {
        meant(name, variables)
            .ifPresent(
                variable ->
                    warnings.add(
                        "%s is not used; did you mean %s?"
                            .formatted(named(name, place.origin(name)), variable)));
      }
    }
    for (String name : passedOn) {
      NearestName.of(name, known.names(), MOST_EDITS)
          .ifPresent(
              setting ->
                  warnings.add(
                      ("%s (%s) is not a setting of fitroute and is passed to Camel; did"
                              + " you mean %s?")
                          .formatted(name, PropertiesFile.NAME, setting)));
    }
    return List.copyOf(warnings);
  }

  private static String named(String name, String origin) {
    return origin.contains(name) ? origin : name + " (" + origin + ")";
  }

  private Optional<String> meant(String name, Collection<String> variables) {
    if (variables.contains(name) || name.length() < 6) {
      return Optional.empty();
    }
    if (name.endsWith(Variables.FILE_SUFFIX)) {
      String owner = name.substring(0, name.length() - Variables.FILE_SUFFIX.length());
      if (variables.contains(owner)) {
        return secret(owner) ? Optional.empty() : Optional.of(owner);
      }
    }
    boolean ours = OURS.stream().anyMatch(name::startsWith);
    return NearestName.of(Setting.variable(name), variables, ours ? Integer.MAX_VALUE : MOST_EDITS);
  }

  private boolean secret(String variable) {
    for (Setting<?> setting : known.all()) {
      if (setting.variables().contains(variable)) {
        return setting.secret();
      }
    }
    return false;
  }
}
