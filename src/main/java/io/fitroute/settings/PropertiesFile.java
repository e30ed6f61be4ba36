package io.fitroute.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings in {@code application.properties}, which lists every setting with its default. */
final class PropertiesFile {
  static final String NAME = "application.properties";

  private final Properties properties;

  private PropertiesFile(Properties properties) {
    this.properties = properties;
  }

  /**
   * @param home the folder that holds the file
   * @throws InvalidSetting when the file is missing or malformed
   */
  static PropertiesFile read(Path home) {
    Properties properties = new Properties();
    Path file = home.resolve(NAME);
    try {
      String text = Files.readString(file);
      properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
    } catch (NoSuchFileException missing) {
      throw new InvalidSetting(file + " does not exist: restore it, it contains the settings");
    } catch (CharacterCodingException binary) {
      throw new InvalidSetting(file + " is not UTF-8 text");
    } catch (IOException unreadable) {
      throw new InvalidSetting(file + " cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException malformed) {
      throw new InvalidSetting(
          file + " holds a \\u that is not followed by four hexadecimal digits");
    }
    return new PropertiesFile(properties);
  }

  /** The value of a setting; empty if the file does not contain it. */
  Optional<Found> find(Setting<?> setting) {
    return Optional.ofNullable(properties.getProperty(setting.name()))
        .map(text -> new Found(text, NAME));
  }

  /** Everything in the file, by name. */
  SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    return all;
  }
}
