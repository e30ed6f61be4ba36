package io.fitroute.fit;

/**
 * What somebody did, in the numbers of FIT's profile, e.g. sport 1, sub-sport 1: running on a
 * treadmill.
 *
 * @param sport FIT's sport, 0 (generic) to 254
 * @param subSport FIT's sub_sport, 0 (generic) to 254
 */
public record Sport(int sport, int subSport) {
  /** Neither sport nor sub-sport known. */
  public static final Sport GENERIC = new Sport(0, 0);

  public Sport {
    requireEnum("sport", sport);
    requireEnum("sub_sport", subSport);
  }

  /** What to call it: {@code running, treadmill}; a number stands for what is not known. */
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
