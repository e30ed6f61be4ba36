package io.fitroute.simulator;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The scopes that an athlete can grant to an application. */
final class Scopes {

  static final String ACTIVITY_READ = "activity:read";
  static final String ACTIVITY_READ_ALL = "activity:read_all";
  static final String ACTIVITY_WRITE = "activity:write";

  /** All scopes of Strava's specification, in the order of its consent page. */
  static final List<String> ALL =
      List.of(
          "read",
          "read_all",
          "profile:read_all",
          "profile:write",
          ACTIVITY_READ,
          ACTIVITY_READ_ALL,
          ACTIVITY_WRITE);

  /** The scopes usually requested by an application that archives runs. */
  static final Set<String> USUAL = parse("read,activity:read_all");

  private Scopes() {}

  /** Parses scopes separated by commas or blanks; unknown names are dropped, as by Strava. */
  static Set<String> parse(String list) {
    return Arrays.stream(list.split("[,\\s]+"))
        .filter(ALL::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether these scopes include activities. */
  static boolean showActivities(Set<String> granted) {
    return granted.contains(ACTIVITY_READ) || granted.contains(ACTIVITY_READ_ALL);
  }
}
