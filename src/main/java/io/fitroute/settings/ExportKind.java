package io.fitroute.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A way to obtain a FIT file, as its kamelet {@code fit-NAME-export} describes it.
 *
 * @param name as in {@code fit.exports}
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}
 */
public record ExportKind(String name, List<String> dependencies) {

  /**
   * All there are, by name; one of {@code routes/own} takes the place of the shipped one.
   *
   * @param home the folder of the launcher, where the routes and kamelets are
   * @throws InvalidSetting for a file that is not YAML
   */
  static SortedMap<String, ExportKind> all(Path home) {
    return KameletFile.all(
        home, "export", file -> new ExportKind(file.name(), file.dependencies()));
  }
}
