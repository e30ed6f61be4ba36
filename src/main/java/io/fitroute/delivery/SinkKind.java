package io.fitroute.delivery;

import io.fitroute.settings.SinkSettings.Property;
import io.fitroute.sink.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A kind of sink, as its kamelet {@code fit-KIND-sink} describes it.
 *
 * @param operations what its sinks can do
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}
 * @param properties what can be set
 */
record SinkKind(Set<Operation> operations, List<String> dependencies, List<Property> properties) {

  private static final String OPERATIONS = "fitroute.io/operations";

  /** Reads it; a kamelet that tells nothing of operations does what it is called for, and puts. */
  static SinkKind read(Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      Map<?, ?> root = map(new Load(LoadSettings.builder().build()).loadFromInputStream(text));
      Map<?, ?> spec = map(root.get("spec"));
      return new SinkKind(
          operations(map(map(root.get("metadata")).get("annotations")).get(OPERATIONS)),
          words(spec.get("dependencies")),
          properties(map(spec.get("definition"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Operation> operations(Object declared) {
    return declared == null
        ? Set.of(Operation.PUT)
        : Stream.of(declared.toString().split(","))
            .map(String::strip)
            .map(Operation::of)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Property> properties(Map<?, ?> definition) {
    List<String> required = words(definition.get("required"));
    List<Property> properties = new ArrayList<>();
    map(definition.get("properties"))
        .forEach(
            (name, described) -> {
              Map<?, ?> property = map(described);
              properties.add(
                  new Property(
                      name.toString(),
                      text(property, "type").orElse("string"),
                      text(property, "format").orElse(""),
                      words(property.get("enum")),
                      required.contains(name),
                      text(property, "default").orElse("")));
            });
    return List.copyOf(properties);
  }

  private static Optional<String> text(Map<?, ?> node, String name) {
    return Optional.ofNullable(node.get(name)).map(Object::toString);
  }

  private static Map<?, ?> map(Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<String> words(Object node) {
    return node instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
  }
}
