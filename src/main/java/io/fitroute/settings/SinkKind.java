package io.fitroute.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A kind of sink, as described by its kamelet {@code fit-KIND-sink}.
 *
 * @param operations the supported operations; only {@code put} if the kamelet declares none
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}
 * @param properties its settings
 */
public record SinkKind(
    String name, List<String> operations, List<String> dependencies, List<Property> properties) {

  private static final String BEFORE = "fit-";
  private static final String AFTER = "-sink";
  private static final String ENDING = AFTER + ".kamelet.yaml";
  private static final String OPERATIONS = "fitroute.io/operations";

  /**
   * All kinds by name; a kamelet in {@code routes/own} replaces the shipped one.
   *
   * @param home the folder that contains the routes and kamelets
   * @throws InvalidSetting if a file is not YAML
   */
  static SortedMap<String, SinkKind> all(Path home) {
    SortedMap<String, SinkKind> all = new TreeMap<>();
    Stream.of("routes/kamelets", "routes/own/kamelets")
        .map(home::resolve)
        .filter(Files::isDirectory)
        .forEach(
            folder -> {
              try (DirectoryStream<Path> files =
                  Files.newDirectoryStream(folder, BEFORE + "*" + ENDING)) {
                files.forEach(file -> all.put(name(file), read(file)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return all;
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(BEFORE.length(), name.length() - ENDING.length());
  }

  private static SinkKind read(Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      Map<?, ?> root = map(new Load(LoadSettings.builder().build()).loadFromInputStream(text));
      Map<?, ?> spec = map(root.get("spec"));
      String operations =
          text(map(map(root.get("metadata")).get("annotations")), OPERATIONS).orElse("put");
      return new SinkKind(
          name(file),
          List.of(operations.strip().split("\\s*,\\s*")),
          words(spec.get("dependencies")),
          properties(map(spec.get("definition"))));
    } catch (YamlEngineException e) {
      throw new InvalidSetting(
          file + " is not YAML: " + e.getMessage().strip().replaceAll("\\s+", " "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Property> properties(Map<?, ?> definition) {
    List<String> required = words(definition.get("required"));
    List<Property> properties = new ArrayList<>();
    map(definition.get("properties"))
        .forEach(
            (name, described) ->
                properties.add(
                    new Property(
                        name.toString(), map(described), required.contains(name.toString()))));
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

  public String kamelet() {
    return BEFORE + name + AFTER;
  }

  /**
   * A property that a kamelet declares.
   *
   * @param schema a JSON Schema; the format {@code password} marks a secret, {@code path} a file or
   *     folder
   */
  public record Property(String name, Map<?, ?> schema, boolean required) {

    /** The setting for a named sink: {@code sink.NAME.key-file} for {@code keyFile}. */
    String setting(String sink) {
      return "sink." + sink + "." + dashed();
    }

    /** The short setting for the sink named like its kind: {@code KIND.key-file}. */
    String shortSetting(String kind) {
      String setting = kind + "." + dashed();
      return setting.equals("file.directory") ? "download.base-dir" : setting;
    }

    /** The preferred setting for a sink. */
    public String setting(String sink, String kind) {
      return sink.equals(kind) ? shortSetting(kind) : setting(sink);
    }

    private String dashed() {
      return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The default; may be empty. */
    String preset() {
      return text(schema, "default").orElse("");
    }

    /** The type of its values. */
    Kind<?> kind() {
      List<String> allowed = words(schema.get("enum"));
      if (!allowed.isEmpty()) {
        return new Kind.Choice(allowed);
      }
      return switch (text(schema, "type").orElse("string")) {
        case "integer" ->
            new Kind.WholeNumber(bound("minimum", 0), bound("maximum", 1_000_000_000));
        case "boolean" -> new Kind.Choice(List.of("true", "false"));
        default -> line(text(schema, "format").orElse(""));
      };
    }

    private Kind<?> line(String format) {
      if (schema.containsKey("pattern")) {
        Predicate<String> shape =
            Pattern.compile(schema.get("pattern").toString()).asMatchPredicate();
        String allowed = text(schema, "description").orElse("the values that its kamelet allows");
        return format.equals("password")
            ? new Kind.Secret(allowed, shape)
            : new Kind.Text(allowed, shape);
      }
      return switch (format) {
        case "password" -> Kind.Secret.any();
        case "path" -> new Kind.File();
        case "uri" -> new Kind.Url();
        case "hostname" -> Kind.Text.host();
        default -> Kind.Text.any();
      };
    }

    private int bound(String name, int otherwise) {
      return text(schema, name).map(Integer::valueOf).orElse(otherwise);
    }
  }
}
