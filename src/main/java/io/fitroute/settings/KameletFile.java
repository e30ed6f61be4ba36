package io.fitroute.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The file of a kamelet {@code fit-NAME-ROLE}.
 *
 * @param name the part of the kamelet's name that settings use, such as {@code s3}
 * @param root the whole document
 */
record KameletFile(String name, Map<?, ?> root) {

  private static final String BEFORE = "fit-";
  private static final String ENDING = ".kamelet.yaml";

  /**
   * All kamelets of a role by name; a kamelet in {@code routes/own} replaces the shipped one.
   *
   * @param home the folder that contains the routes and kamelets
   * @param role {@code sink} or {@code export}
   * @param read converts each file
   * @throws InvalidSetting if a file is not YAML
   */
  static <T> SortedMap<String, T> all(Path home, String role, Function<KameletFile, T> read) {
    String ending = "-" + role + ENDING;
    SortedMap<String, T> all = new TreeMap<>();
    Stream.of("routes/kamelets", "routes/own/kamelets")
        .map(home::resolve)
        .filter(Files::isDirectory)
        .flatMap(folder -> files(folder, BEFORE + "*" + ending).stream())
        .map(file -> read(file, ending))
        .forEach(file -> all.put(file.name(), read.apply(file)));
    return all;
  }

  private static List<Path> files(Path folder, String pattern) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      return StreamSupport.stream(files.spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KameletFile read(Path file, String ending) {
    String name = file.getFileName().toString();
    try (InputStream text = Files.newInputStream(file)) {
      return new KameletFile(
          name.substring(BEFORE.length(), name.length() - ending.length()),
          map(new Load(LoadSettings.builder().build()).loadFromInputStream(text)));
    } catch (YamlEngineException e) {
      throw new InvalidSetting(
          file + " is not YAML: " + e.getMessage().strip().replaceAll("\\s+", " "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<?, ?> spec() {
    return map(root.get("spec"));
  }

  /** The required libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}. */
  List<String> dependencies() {
    return words(spec().get("dependencies"));
  }

  Optional<String> annotation(String key) {
    return text(map(map(root.get("metadata")).get("annotations")), key);
  }

  static Optional<String> text(Map<?, ?> node, String name) {
    return Optional.ofNullable(node.get(name)).map(Object::toString);
  }

  static Map<?, ?> map(Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<String> words(Object node) {
    return node instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
  }
}
