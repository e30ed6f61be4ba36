package io.fitroute.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The files of routes that run: those in {@code routes/}, and an engineer's own in {@code
 * routes/own/}, which replace shipped files of the same name.
 *
 * @param home the folder of the launcher
 */
record RouteFiles(Path home) {

  private static final String INCLUDE = "camel.main.routes-include-pattern";
  private static final String EXCLUDE = "camel.main.routes-exclude-pattern";
  private static final String KAMELETS = "camel.component.kamelet.location";
  private static final String ENDING = ".camel.yaml";

  /** The file of shared beans, which is read first. */
  private static final String BEANS = "beans";

  private Path shipped() {
    return home.resolve("routes");
  }

  private Path own() {
    return home.resolve("routes/own");
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new CannotStart("the folder " + folder + " cannot be read: " + e.getMessage(), e);
      }
    }
    return files.stream().sorted().toList();
  }

  /**
   * Sets the locations for Camel.
   *
   * @param all whether to include own files that do not replace a shipped one; commands that only
   *     send requests to Strava exclude them
   */
  void addTo(Properties properties, boolean all) {
    List<String> replacements =
        files(own()).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> Files.exists(shipped().resolve(name)))
            .toList();
    Stream<String> mine =
        all
            ? Stream.of("*" + ENDING).filter(pattern -> Files.isDirectory(own()))
            : replacements.stream();
    String included = mine.map(name -> ",file:" + own() + "/" + name).collect(Collectors.joining());
    properties.merge(INCLUDE, included, (shipped, own) -> location(BEANS) + "," + shipped + own);
    if (!replacements.isEmpty()) {
      properties.setProperty(
          EXCLUDE,
          replacements.stream()
              .map(name -> "file:" + shipped() + "/" + name)
              .collect(Collectors.joining(",")));
    }
    properties.merge(
        KAMELETS, "file:" + own() + "/kamelets", (shipped, own) -> own + "," + shipped);
  }

  private String location(String name) {
    Path mine = own().resolve(name + ENDING);
    return "file:" + (Files.exists(mine) ? mine : shipped().resolve(name + ENDING));
  }

  /**
   * Refuses routes or beans with equal names, because Camel would silently use one of two beans.
   *
   * @throws CannotStart if there are any; the message names both files
   */
  void requireUnique() {
    List<Path> mine = files(own());
    List<Path> all = new ArrayList<>(mine);
    files(shipped()).stream()
        .filter(file -> !mine.contains(own().resolve(file.getFileName())))
        .forEach(all::add);
    Map<String, Path> seen = new HashMap<>();
    for (Path file : all) {
      for (String name : names(file)) {
        Path other = seen.put(name, file);
        if (other != null) {
          throw new CannotStart(
              "duplicate %s: in %s and in %s; allowed: one, or a file of the same name"
                  .formatted(name, home.relativize(other), home.relativize(file)));
        }
      }
    }
  }

  /** The names in a file; invalid YAML is left to Camel, which reports the line. */
  private static List<String> names(Path file) {
    List<String> names = new ArrayList<>();
    try (InputStream text = Files.newInputStream(file)) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
      for (Object part : root instanceof List<?> parts ? parts : List.of()) {
        if (part instanceof Map<?, ?> map && map.get("route") instanceof Map<?, ?> route) {
          names.add("route " + route.get("id"));
        }
        if (part instanceof Map<?, ?> map && map.get("beans") instanceof List<?> beans) {
          beans.forEach(bean -> names.add("bean " + ((Map<?, ?>) bean).get("name")));
        }
      }
    } catch (IOException | YamlEngineException | ClassCastException unreadable) {
      return List.of();
    }
    return names;
  }
}
