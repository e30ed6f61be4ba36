package io.fitroute.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings in the shipped file and those declared in Java agree. */
final class ApplicationPropertiesTest {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path FILE = HOME.resolve("application.properties");

  private final KnownSettings known = new KnownSettings(SinkKind.all(HOME).values());

  @Test
  void everyDeclaredSettingStandsInTheFile() throws IOException {
    assertThat(keys()).containsAll(documented());
  }

  @Test
  void everySettingInTheFileIsDeclaredOrCamels() throws IOException {
    assertThat(keys()).allMatch(name -> known.names().contains(name) || name.startsWith("camel."));
  }

  @Test
  void everySettingHasALineThatSaysWhatItIs() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    for (String name : documented()) {
      int index = lineOf(name, lines);
      while (!lines.get(index).startsWith("#")) {
        assertThat(lines.get(index)).as("what stands above " + name).isNotBlank();
        index--;
      }
    }
  }

  @Test
  void theFilesOwnDefaultsAreValid(@TempDir Path workingDirectory) {
    Settings settings = Settings.load(Map.of(), workingDirectory, HOME);

    assertThat(settings.port("webhook.port")).isEqualTo(5000);
    assertThat(settings.secret("strava.client-secret")).isEmpty();
    assertThat(settings.text("database.url"))
        .isEqualTo("jdbc:sqlite:" + workingDirectory.resolve("data/fitroute.db"));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void theExampleOfTheDotEnvFileIsUsable(@TempDir Path workingDirectory) throws IOException {
    Files.copy(HOME.resolve(".env.example"), workingDirectory.resolve(".env"));

    Settings settings = Settings.load(Map.of(), workingDirectory, HOME);

    assertThat(settings.optionalText("strava.client-id")).isEmpty();
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void everyNameInTheExampleIsASetting() throws IOException {
    List<String> variables =
        Files.readString(HOME.resolve(".env.example"))
            .lines()
            .filter(line -> line.matches("#?[A-Z_]+=.*"))
            .map(line -> line.replaceFirst("^#", "").replaceFirst("=.*", ""))
            .toList();

    assertThat(variables).isNotEmpty();
    assertThat(known.names().stream().map(Setting::variable)).containsAll(variables);
  }

  /** All settings but the time-outs of individual sinks, which are documented as sink.timeout. */
  private Set<String> documented() {
    return known.names().stream()
        .filter(
            name ->
                name.equals("sink.timeout")
                    || name.equals("strava.timeout")
                    || !name.endsWith(".timeout"))
        .collect(Collectors.toSet());
  }

  private static int lineOf(String name, List<String> lines) {
    for (int index = 0; index < lines.size(); index++) {
      if (lines.get(index).startsWith(name + "=")) {
        return index;
      }
    }
    throw new AssertionError(name + " stands nowhere");
  }

  private static Set<String> keys() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(FILE)) {
      properties.load(file);
    }
    return properties.stringPropertyNames();
  }
}
