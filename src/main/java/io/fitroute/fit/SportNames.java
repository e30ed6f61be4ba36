package io.fitroute.fit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Names of sports and sub-sports to show to people, by their numbers in FIT's profile. */
final class SportNames {

  static final Map<Integer, String> SPORTS = table("/fit/sports.properties");
  static final Map<Integer, String> SUB_SPORTS = table("/fit/sub-sports.properties");

  private SportNames() {}

  private static Map<Integer, String> table(String resource) {
    Properties names = new Properties();
    try (InputStream file = SportNames.class.getResourceAsStream(resource)) {
      names.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(Integer::valueOf, names::getProperty));
  }
}
