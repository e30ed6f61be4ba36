package io.fitroute.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a kamelet says of what it needs.
 *
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT}
 * @param required properties that must have a value, each with its default
 */
record KameletFile(List<String> dependencies, Map<String, String> required) {

  private static final Pattern REFERENCE = Pattern.compile("\\{\\{([^{}]+)}}");

  /** Reads it; what it does not say is empty. */
  static KameletFile read(Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
      Map<?, ?> spec = map(map(root).get("spec"));
      Map<?, ?> definition = map(spec.get("definition"));
      Map<?, ?> properties = map(definition.get("properties"));
      Map<String, String> required = new java.util.LinkedHashMap<>();
      for (String name : words(definition.get("required"))) {
        Object value = map(properties.get(name)).get("default");
        required.put(name, value == null ? "" : value.toString());
      }
      return new KameletFile(words(spec.get("dependencies")), Map.copyOf(required));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<String> words(Object node) {
    return node instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
  }

  /**
   * The setting of a required property that has no value; empty if all have one.
   *
   * @param before what stands before a property's name to set it for this kamelet
   */
  Optional<String> unset(String before, Properties properties) {
    return required.entrySet().stream()
        .filter(one -> !properties.containsKey(before + one.getKey()))
        .filter(one -> resolved(one.getValue(), properties).isEmpty())
        .map(one -> setting(one.getValue()).orElse(before + one.getKey()))
        .sorted()
        .findFirst();
  }

  private static String resolved(String value, Properties properties) {
    return setting(value).map(name -> properties.getProperty(name, "")).orElse(value);
  }

  private static Optional<String> setting(String value) {
    Matcher matcher = REFERENCE.matcher(value);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
