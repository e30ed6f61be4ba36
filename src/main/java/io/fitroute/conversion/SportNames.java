package io.fitroute.conversion;

import io.fitroute.fit.Sport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Maps the sport names that programs use to the sport numbers of FIT's profile. */
final class SportNames {

  private static final Properties ROWS = rows();

  private SportNames() {}

  private static Properties rows() {
    Properties rows = new Properties();
    try (InputStream file = SportNames.class.getResourceAsStream("/conversion/sports.properties")) {
      rows.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** The sport with a name, ignoring case, blanks and punctuation; generic if unknown. */
  static Sport sport(Optional<String> name) {
    return name.map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
        .map(ROWS::getProperty)
        .map(SportNames::numbers)
        .orElse(Sport.GENERIC);
  }

  private static Sport numbers(String row) {
    int[] numbers = Arrays.stream(row.split(", ")).mapToInt(Integer::parseInt).toArray();
    return new Sport(numbers[0], numbers[1]);
  }
}
