package io.fitroute.cli;

import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param variables the environment variables
 * @param workingDirectory where the user is; {@code .env} and relative paths start here
 * @param home the folder of the launcher, with {@code application.properties} and {@code routes/}
 */
public record Environment(Map<String, String> variables, Path workingDirectory, Path home) {

  /** Those of the running process; the launcher names the home in {@code fitroute.home}. */
  public static Environment ofThisProcess() {
    Path workingDirectory = Path.of("").toAbsolutePath();
    Path home = workingDirectory.resolve(System.getProperty("fitroute.home", ""));
    return new Environment(System.getenv(), workingDirectory, home.normalize());
  }

  /**
   * The settings that hold here, read anew.
   *
   * @throws InvalidSetting on the first unknown or malformed value
   */
  public Settings settings() {
    return Settings.load(variables, workingDirectory, home);
  }
}
