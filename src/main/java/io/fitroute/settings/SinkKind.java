package io.fitroute.settings;

import static io.fitroute.settings.KameletFile.map;
import static io.fitroute.settings.KameletFile.text;
import static io.fitroute.settings.KameletFile.words;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A kind of sink, as described by its kamelet {@code fit-KIND-sink}.
 *
 * @param operations the supported operations; only {@code put} if the kamelet declares none
 * @param dependencies libraries, as {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT:VERSION}
 * @param properties its settings
 */
public record SinkKind(
    String name, List<String> operations, List<String> dependencies, List<Property> properties) {

  private static final String OPERATIONS = "fitroute.io/operations";

  /**
   * All kinds by name; a kamelet in {@code routes/own} replaces the shipped one.
   *
   * @param home the folder that contains the routes and kamelets
   * @throws InvalidSetting if a file is not YAML
   */
  static SortedMap<String, SinkKind> all(Path home) {
    return KameletFile.all(home, "sink", SinkKind::of);
  }

  private static SinkKind of(KameletFile file) {
    return new SinkKind(
        file.name(),
        List.of(file.annotation(OPERATIONS).orElse("put").strip().split("\\s*,\\s*")),
        file.dependencies(),
        properties(map(file.spec().get("definition"))));
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

  /** The name of its kamelet. */
  public String kamelet() {
    return "fit-" + name + "-sink";
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
