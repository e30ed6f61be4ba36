package io.fitroute.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A kind of export, as described by its kamelet {@code fit-NAME-export}.
 *
 * @param name as in {@code fit.exports}
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}
 */
public record ExportKind(String name, List<String> dependencies) {

  /**
   * All kinds by name; a kamelet in {@code routes/own} replaces the shipped one.
   *
   * @param home the folder that contains the routes and kamelets
   * @throws InvalidSetting if a file is not YAML
   */
  static SortedMap<String, ExportKind> all(Path home) {
    return KameletFile.all(
        home, "export", file -> new ExportKind(file.name(), file.dependencies()));
  }
}
