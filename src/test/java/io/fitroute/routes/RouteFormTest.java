package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.runtime.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The routes keep the one form that people and editors read: canonical, named, described. */
class RouteFormTest {

  private static final Path ROUTES = TestBed.home().resolve("routes");

  /** Steps that may be written as a bare text, which editors do not keep. */
  private static final Set<String> NEVER_COMPACT =
      Set.of("to", "toD", "log", "bean", "setBody", "simple", "constant", "from");

  /** What Camel's catalogue shows of a kamelet. */
  private static final List<String> ANNOTATIONS =
      List.of(
          "kamelet.support.level",
          "catalog.version",
          "kamelet.icon",
          "provider",
          "kamelet.group",
          "kamelet.namespace");

  /** A place in a template where a property is put in. */
  private static final Pattern USE = Pattern.compile("[{]{2}[?]?(\\w+)[}]{2}|#property:(\\w+)");

  static Stream<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files
          .filter(file -> file.toString().endsWith(".camel.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  static Stream<Path> kamelets() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES.resolve("kamelets"))) {
      return files.sorted().toList().stream();
    }
  }

  private static Object yaml(Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      return new Load(LoadSettings.builder().build()).loadFromInputStream(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(Object node) {
    assertThat(node).isInstanceOf(Map.class);
    return (Map<?, ?>) node;
  }

  private static List<?> list(Object node) {
    assertThat(node).isInstanceOf(List.class);
    return (List<?>) node;
  }

  /** What can be set for a kamelet; an export has the settings of the program. */
  private static Map<?, ?> properties(Map<?, ?> definition) {
    return definition.containsKey("properties") ? map(definition.get("properties")) : Map.of();
  }

  private static List<Map<?, ?>> routes(Path file) {
    List<Map<?, ?>> routes = new ArrayList<>();
    for (Object root : list(yaml(file))) {
      if (map(root).get("route") instanceof Map<?, ?> route) {
        routes.add(route);
      }
    }
    return routes;
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void aFileHoldsBeansRoutesOrTheirConfiguration(Path file) {
    assertThat(file.getFileName().toString()).matches("[a-z]+(-[a-z]+)*[.]camel[.]yaml");
    for (Object root : list(yaml(file))) {
      assertThat(map(root)).hasSize(1);
      assertThat(map(root).keySet().iterator().next()).isIn("beans", "route", "routeConfiguration");
    }
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void aRouteHasANameADescriptionAndWhatBecomesOfItsErrors(Path file) {
    for (Map<?, ?> route : routes(file)) {
      assertThat((String) route.get("id")).matches("[a-z]+(-[a-z]+)*");
      assertThat((String) route.get("description")).endsWith(".").hasSizeBetween(20, 140);
      Map<?, ?> from = map(route.get("from"));
      assertThat(list(from.get("steps"))).isNotEmpty();
      String uri = (String) from.get("uri");
      if (uri.startsWith("direct:")) {
        assertThat(uri).isEqualTo("direct:" + route.get("id"));
      } else {
        assertThat(route.get("routeConfigurationId")).isNotNull();
        assertThat((String) route.get("precondition")).contains("{{fitroute.mode}}");
      }
    }
  }

  /** Camel takes a configuration that is not there for none. */
  @Test
  void everyConfigurationOfARouteIsThere() throws IOException {
    Set<Object> configurations = new HashSet<>();
    Set<Object> named = new HashSet<>();
    for (Path file : routeFiles().toList()) {
      routes(file).forEach(route -> named.add(route.get("routeConfigurationId")));
      for (Object root : list(yaml(file))) {
        if (map(root).get("routeConfiguration") instanceof Map<?, ?> configuration) {
          configurations.add(configuration.get("id"));
        }
      }
    }
    assertThat(named).isEqualTo(configurations);
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void nothingIsWrittenInCompactForm(Path file) {
    requireFullForm(yaml(file), file.getFileName().toString());
  }

  private static void requireFullForm(Object node, String where) {
    if (node instanceof List<?> list) {
      list.forEach(one -> requireFullForm(one, where));
    } else if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (NEVER_COMPACT.contains(key)) {
              assertThat(value).as(where + ": " + key).isInstanceOf(Map.class);
            }
            if ("uri".equals(key)) {
              assertThat((String) value).as(where).doesNotContain("?");
            }
            if ("name".equals(key)) {
              assertThat((String) value)
                  .as(where + ": shared by all events")
                  .doesNotContain("global:");
            }
            requireFullForm(value, where);
          });
    }
  }

  @Test
  void namesAreGivenOnceAndEveryDirectCallHasItsRoute() throws IOException {
    Set<String> ids = new HashSet<>();
    Set<String> called = new HashSet<>();
    for (Path file : routeFiles().toList()) {
      for (Map<?, ?> route : routes(file)) {
        assertThat(ids.add((String) route.get("id"))).as("%s twice", route.get("id")).isTrue();
        collectCalls(route, called);
      }
    }
    assertThat(called).isNotEmpty().isSubsetOf(ids);
  }

  private static void collectCalls(Object node, Set<String> called) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collectCalls(one, called));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("uri") instanceof String uri
          && uri.startsWith("direct:")
          && !uri.contains("${")) {
        called.add(uri.substring("direct:".length()));
      }
      map.values().forEach(value -> collectCalls(value, called));
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void aKameletSaysWhatItIsAndWhatItTakes(Path file) {
    Map<?, ?> kamelet = map(yaml(file));
    String name = (String) map(kamelet.get("metadata")).get("name");
    assertThat(file.getFileName()).hasToString(name + ".kamelet.yaml");
    assertThat(kamelet.get("kind")).isEqualTo("Kamelet");
    Map<?, ?> definition = map(map(kamelet.get("spec")).get("definition"));
    boolean sink = name.endsWith("-sink");
    assertThat((String) definition.get("title")).endsWith(sink ? " Sink" : " Export");
    assertThat((String) definition.get("description")).endsWith(".");
    Map<?, ?> metadata = map(kamelet.get("metadata"));
    assertThat(map(metadata.get("labels")).get("camel.apache.org/kamelet.type"))
        .isEqualTo(sink ? "sink" : "action");
    Map<?, ?> annotations = map(metadata.get("annotations"));
    for (String annotation : ANNOTATIONS) {
      assertThat((String) annotations.get("camel.apache.org/" + annotation))
          .as(annotation)
          .isNotBlank();
    }
    if (sink) {
      assertThat(map(map(kamelet.get("spec")).get("dataTypes"))).isNotEmpty();
    }
    properties(definition)
        .forEach(
            (property, described) -> {
              assertThat((String) map(described).get("title")).as("%s", property).isNotBlank();
              assertThat((String) map(described).get("description"))
                  .as("%s", property)
                  .isNotBlank();
              assertThat((String) map(described).get("type")).as("%s", property).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void aKameletUsesWhatItDeclaresAndDeclaresWhatItUses(Path file) {
    Map<?, ?> spec = map(map(yaml(file)).get("spec"));
    Map<?, ?> properties = properties(map(spec.get("definition")));
    Map<?, ?> template = map(spec.get("template"));
    Set<String> declared = new HashSet<>();
    properties.keySet().forEach(property -> declared.add((String) property));
    Set<String> used = new HashSet<>();
    Matcher use = USE.matcher(template.toString());
    while (use.find()) {
      used.add(use.group(1) == null ? use.group(2) : use.group(1));
    }
    list(template.get("beans")).forEach(bean -> used.remove(map(bean).get("name")));

    assertThat(used).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void aDefaultIsOfTheTypeOfItsProperty(Path file) {
    Map<?, ?> definition = map(map(map(yaml(file)).get("spec")).get("definition"));
    properties(definition)
        .forEach(
            (property, described) -> {
              Object value = map(described).get("default");
              Class<?> type =
                  switch ((String) map(described).get("type")) {
                    case "boolean" -> Boolean.class;
                    case "integer" -> Integer.class;
                    default -> String.class;
                  };
              if (value != null) {
                assertThat(value).as("%s", property).isInstanceOf(type);
              }
            });
  }
}
