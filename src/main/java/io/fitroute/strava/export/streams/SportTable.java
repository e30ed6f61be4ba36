package io.fitroute.strava.export.streams;

import io.fitroute.fit.Sport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Maps Strava's sport types to FIT's: sport, sub-sport, and the sub-sport on a machine (Strava's
 * {@code trainer}) where it differs. Strava adds types now and then. The mapping is our choice,
 * since neither side defines one.
 */
public record SportTable(Sport outside, Sport onTrainer) {
  static final Map<String, SportTable> ROWS = rows();

  /** FIT's number of the sport that Strava divides into many types. */
  private static final int CYCLING = 2;

  private static Map<String, SportTable> rows() {
    Properties rows = new Properties();
    try (InputStream file =
        SportTable.class.getResourceAsStream("/strava/sport-types.properties")) {
      rows.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.stringPropertyNames().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), sportType -> row(rows.getProperty(sportType))));
  }

  private static SportTable row(String written) {
    int[] numbers = Arrays.stream(written.split(", ")).mapToInt(Integer::parseInt).toArray();
    return new SportTable(
        new Sport(numbers[0], numbers[1]), new Sport(numbers[0], numbers[numbers.length - 1]));
  }

  /** Strava's sport types when this table was made. */
  public static Set<String> wantedSportTypes() {
    return ROWS.keySet();
  }

  /** The sport type with a name, with or without blanks: {@code Trail Run}. */
  public static Optional<String> named(String name) {
    String word = name.replaceAll("\\s", "");
    return ROWS.keySet().stream().filter(word::equalsIgnoreCase).findFirst();
  }

  /** Strava's sport type that best matches a FIT sport; empty if none does. */
  public static Optional<String> sportType(Sport sport) {
    return typesOf(row -> row.outside().equals(sport) || row.onTrainer().equals(sport))
        .or(() -> Optional.of("Ride").filter(ride -> sport.sport() == CYCLING))
        .or(() -> typesOf(row -> row.outside().equals(new Sport(sport.sport(), 0))))
        .or(() -> typesOf(row -> row.outside().sport() == sport.sport()));
  }

  private static Optional<String> typesOf(Predicate<SportTable> wanted) {
    return ROWS.entrySet().stream()
        .filter(row -> row.getValue().outside().sport() != 0 && wanted.test(row.getValue()))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  /** FIT's sport number for one of Strava's sport types; empty if unknown. */
  public static OptionalInt number(String sportType) {
    return of(sportType).stream().mapToInt(row -> row.outside().sport()).findFirst();
  }

  /** The row of a sport type; empty for one added later. */
  static Optional<SportTable> of(String sportType) {
    return Optional.ofNullable(ROWS.get(sportType));
  }

  /**
   * The FIT sport.
   *
   * @param trainer whether it was done on a machine, such as a treadmill
   */
  Sport sport(boolean trainer) {
    return trainer ? onTrainer : outside;
  }
}
