package io.fitroute.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/**
 * The kamelets in use. Camel creates a route for each use of a kamelet; this route is replaced, and
 * callers wait while there is none.
 */
final class LiveKamelets {

  static final String ENDING = ".kamelet.yaml";

  private final ModelCamelContext context;

  LiveKamelets(ModelCamelContext context) {
    this.context = context;
  }

  /**
   * Updates a kamelet to its file; on failure it stays as it was.
   *
   * @return the number of its uses; 0 if Camel reads it at the first call
   * @throws EditingMistake if the file has one
   */
  int exchange(Optional<SourceText> before, SourceText after) throws EditingMistake {
    String name = after.location().replaceFirst(".*/", "").replace(ENDING, "");
    after.attempt(() -> requireReadable(name, after));
    if (context.getRouteTemplateDefinition(name) == null) {
      return 0;
    }
    List<RouteDefinition> uses = uses(name);
    try {
      after.attempt(() -> put(name, uses, after));
      return uses.size();
    } catch (EditingMistake mistake) {
      before.ifPresent(old -> restore(name, uses, old, mistake));
      throw mistake;
    }
  }

  private void restore(
      String name, List<RouteDefinition> uses, SourceText before, EditingMistake cause) {
    try {
      put(name, uses, before);
    } catch (Exception e) {
      throw new IllegalStateException(
          "the previous kamelet does not start any more, after " + cause.getMessage(), e);
    }
  }

  private void requireReadable(String name, SourceText file) throws Exception {
    boolean named = false;
    for (var builder : file.read(context)) {
      builder.configureRoutes(context);
      named |=
          builder.getRouteTemplateCollection().getRouteTemplates().stream()
              .anyMatch(template -> name.equals(template.getId()));
    }
    if (!named) {
      throw EditingMistake.at(file, "name:", "the kamelet in this file must have the name " + name);
    }
  }

  /** The routes that Camel created for its uses. */
  private List<RouteDefinition> uses(String name) {
    return context.getRouteDefinitions().stream()
        .filter(route -> route.isKamelet() != null && route.getTemplateParameters() != null)
        .filter(route -> name.equals(route.getTemplateParameters().get(Kamelet.PARAM_TEMPLATE_ID)))
        .toList();
  }

  private void put(String name, List<RouteDefinition> uses, SourceText file) throws Exception {
    for (RouteDefinition use : uses) {
      remove(use.getId());
    }
    context.removeRouteTemplates(name);
    PluginHelper.getRoutesLoader(context).loadRoutes(file.resource());
    for (RouteDefinition use : uses) {
      add(name, use);
    }
  }

  private void remove(String route) throws Exception {
    context.getRouteController().stopRoute(route);
    context.removeRoute(route);
    RouteDefinition left = context.getRouteDefinition(route);
    if (left != null) { // a route that could not be created is just a definition
      context.removeRouteDefinition(left);
    }
  }

  /** Creates it like the component at the first call, with the caller's parameters. */
  private void add(String name, RouteDefinition use) throws Exception {
    Map<String, Object> given = new HashMap<>(use.getTemplateParameters());
    use.getTemplateDefaultParameters().forEach(given::remove);
    String id =
        context.addRouteFromKamelet(
            use.getId(),
            name,
            (String) given.get(Kamelet.PARAM_UUID),
            null, // no group
            (String) given.get(Kamelet.PARENT_ROUTE_ID),
            (String) given.get(Kamelet.PARENT_PROCESSOR_ID),
            given);
    if (!context.getRouteController().getRouteStatus(id).isStarted()) {
      context.startRouteDefinitions(List.of(context.getRouteDefinition(id)));
    }
  }
}
