package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fitroute.runtime.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The routes, and each kamelet's template as a route, conform to Camel's own schema. */
class RouteSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream text =
        RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
          .getSchema(JSON.readTree(text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(TestBed.home().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    }
  }

  static Stream<Path> routes() throws IOException {
    return files("routes", ".camel.yaml");
  }

  static Stream<Path> kamelets() throws IOException {
    return files("routes/kamelets", ".kamelet.yaml");
  }

  private static Object yaml(Path file) throws IOException {
    try (InputStream text = Files.newInputStream(file)) {
      return new Load(LoadSettings.builder().build()).loadFromInputStream(text);
    }
  }

  private static void assertValid(Object routes) {
    JsonNode json = JSON.valueToTree(routes);
    assertThat(SCHEMA.validate(json)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aFileOfRoutesIsValid(Path file) throws IOException {
    assertValid(yaml(file));
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void aTemplateIsValid(Path file) throws IOException {
    Map<?, ?> template =
        (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) yaml(file)).get("spec")).get("template");
    assertValid(
        List.of(Map.of("beans", template.get("beans")), Map.of("from", template.get("from"))));
  }
}
