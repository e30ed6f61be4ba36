package io.fitroute.settings;

/**
 * A setting that cannot be used. The message is one line that names the setting, where its value
 * came from, what was found and what is allowed; it never contains a secret.
 */
public final class InvalidSetting extends RuntimeException {

  /**
   * @param message the complete line
   */
  public InvalidSetting(String message) {
    super(message);
  }

  static InvalidSetting value(Setting<?> setting, Found found) {
    return new InvalidSetting(
        "%s is %s (%s); allowed: %s"
            .formatted(
                setting.name(),
                setting.kind().shown(found.text()),
                found.origin(),
                setting.kind().allowed()));
  }

  static InvalidSetting missing(Setting<?> setting) {
    return new InvalidSetting(
        "%s is not set: set the environment variable %s, or %s in %s; allowed: %s"
            .formatted(
                setting.name(),
                setting.variable(),
                setting.name(),
                PropertiesFile.NAME,
                setting.kind().allowed()));
  }
}
