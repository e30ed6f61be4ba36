package io.fitroute.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * Checks for calls of missing routes. Camel would only report them after each call has waited half
 * a minute.
 */
public final class DirectCalls {

  private static final String DIRECT = "direct:";

  private DirectCalls() {}

  /**
   * Checks that every called route exists.
   *
   * @throws EditingMistake with file and line of the first call that does not
   */
  public static void require(CamelContext context) throws EditingMistake {
    require(context, location -> true);
  }

  /** As {@link #require(CamelContext)}, for the calls in some of the files. */
  static void require(CamelContext context, Predicate<String> files) throws EditingMistake {
    ModelCamelContext model = (ModelCamelContext) context;
    Map<String, List<ProcessorDefinition<?>>> steps = new TreeMap<>();
    for (RouteDefinition route : model.getRouteDefinitions()) {
      add(steps, route.getResource(), route.getOutputs());
    }
    for (RouteConfigurationDefinition one : model.getRouteConfigurationDefinitions()) {
      one.getOnExceptions().forEach(on -> add(steps, one.getResource(), on.getOutputs()));
    }
    Set<String> routes =
        model.getRouteDefinitions().stream()
            .map(route -> name(context, route.getInput()))
            .collect(Collectors.toSet());
    steps.keySet().removeIf(files.negate());
    for (var file : steps.entrySet()) {
      for (var call : calls(file.getValue())) {
        String name = name(context, call);
        if (name.startsWith(DIRECT) && !name.contains("${") && !routes.contains(name)) {
          throw mistake(context, file.getKey(), name);
        }
      }
    }
  }

  private static void add(
      Map<String, List<ProcessorDefinition<?>>> steps,
      Resource file,
      List<ProcessorDefinition<?>> more) {
    String location = file == null ? "file:a route" : file.getLocation();
    steps.computeIfAbsent(location, first -> new ArrayList<>()).addAll(more);
  }

  private static Collection<EndpointRequiredDefinition> calls(List<ProcessorDefinition<?>> steps) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(steps, EndpointRequiredDefinition.class);
  }

  /**
   * The name, such as {@code direct:ask-strava}. Other addresses are not resolved, as only their
   * own kamelet may be able to.
   */
  private static String name(CamelContext context, EndpointRequiredDefinition call) {
    String uri = String.valueOf(call.getEndpointUri());
    return (uri.startsWith(DIRECT) ? context.resolvePropertyPlaceholders(uri) : uri)
        .replaceFirst("^direct://", DIRECT)
        .replaceFirst("[?].*$", "");
  }

  private static EditingMistake mistake(CamelContext context, String location, String name) {
    String text;
    try (var stream = ResourceHelper.resolveMandatoryResourceAsInputStream(context, location)) {
      text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (Exception gone) {
      text = "";
    }
    Pattern whole = Pattern.compile(Pattern.quote(name) + "(?![\\w-])");
    String line = text.lines().filter(whole.asPredicate()).findFirst().orElse("");
    return EditingMistake.at(new SourceText(location, text), line, "no route starts with " + name);
  }
}
