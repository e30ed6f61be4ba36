package io.fitroute.fit;

/**
 * A sport by its numbers in FIT's profile, e.g. sport 1, sub-sport 1: running on a treadmill.
 *
 * @param sport FIT's sport, 0 (generic) to 254
 * @param subSport FIT's sub_sport, 0 (generic) to 254
 */
public record Sport(int sport, int subSport) {
  /** Sport and sub-sport unknown. */
  public static final Sport GENERIC = new Sport(0, 0);

  public Sport {
    requireEnum("sport", sport);
    requireEnum("sub_sport", subSport);
  }

  /**
   * The displayed name, such as {@code running, treadmill}; an unknown number is shown as it is.
   */
  public String title() {
    String name = ProfileNames.SPORTS.getOrDefault(sport, "sport " + sport);
    return subSport == 0
        ? name
        : name + ", " + ProfileNames.SUB_SPORTS.getOrDefault(subSport, "sub-sport " + subSport);
  }

  private static void requireEnum(String name, int value) {
    if (!BaseType.ENUM.holds(value)) {
      throw new IllegalArgumentException("%s %d is not within 0 to 254".formatted(name, value));
    }
  }
}
