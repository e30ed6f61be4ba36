package io.fitroute.fit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Display names for numbers of FIT's profile. */
final class ProfileNames {

  static final Map<Integer, String> SPORTS = table("/fit/sports.properties");
  static final Map<Integer, String> SUB_SPORTS = table("/fit/sub-sports.properties");
  static final Map<Integer, String> FILE_TYPES = table("/fit/file-types.properties");
  static final Map<Integer, String> MANUFACTURERS = table("/fit/manufacturers.properties");

  private ProfileNames() {}

  private static Map<Integer, String> table(String resource) {
    Properties names = new Properties();
    try (InputStream file = ProfileNames.class.getResourceAsStream(resource)) {
      names.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(Integer::valueOf, names::getProperty));
  }
}
