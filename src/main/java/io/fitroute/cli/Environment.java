package io.fitroute.cli;

import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of a command.
 *
 * @param variables the environment variables
 * @param workingDirectory the folder of {@code .env}, at which relative paths start
 * @param home the folder of the launcher, with {@code application.properties} and {@code routes/}
 */
public record Environment(Map<String, String> variables, Path workingDirectory, Path home) {

  /** The environment of this process; the launcher sets the home in {@code fitroute.home}. */
  public static Environment ofThisProcess() {
    Path workingDirectory = Path.of("").toAbsolutePath();
    Path home = workingDirectory.resolve(System.getProperty("fitroute.home", ""));
    return new Environment(System.getenv(), workingDirectory, home.normalize());
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting for the first unknown or malformed value
   */
  public Settings settings() {
    return Settings.load(variables, workingDirectory, home);
  }
}
