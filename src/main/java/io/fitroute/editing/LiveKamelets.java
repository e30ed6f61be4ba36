package io.fitroute.editing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * The kamelets that are in use. Camel makes a route of a kamelet for each way of calling it; that
 * route is exchanged, and those who call it wait for the new one as long as there is none.
 */
final class LiveKamelets {

  static final String ENDING = ".kamelet.yaml";

  private final ModelCamelContext context;

  LiveKamelets(ModelCamelContext context) {
    this.context = context;
  }

  /**
   * Has a kamelet be what its file says now. If that cannot be, it is what it was.
   *
   * @return how many uses of it there are; none, if Camel will read it when it is called first
   * @throws Mistaken if the file has a mistake
   */
  int exchange(Optional<SourceText> before, SourceText after) throws Mistaken {
    String name = name(after.location());
    after.attempt(() -> requireReadable(name, after));
    if (context.getRouteTemplateDefinition(name) == null) {
      return 0;
    }
    List<Use> uses = uses(name);
    try {
      after.attempt(() -> put(name, uses, after));
      return uses.size();
    } catch (Mistaken mistaken) {
      before.ifPresent(old -> restore(name, uses, old, mistaken));
      throw mistaken;
    }
  }

  private void restore(String name, List<Use> uses, SourceText before, Mistaken cause) {
    try {
      put(name, uses, before);
    } catch (Exception e) {
      throw new IllegalStateException(
          "the kamelet as it was does not start any more, after " + cause.getMessage(), e);
    }
  }

  private static String name(String location) {
    String file = Sources.file(location).getFileName().toString();
    return file.substring(0, file.length() - ENDING.length());
  }

  private void requireReadable(String name, SourceText file) throws Exception {
    for (RouteBuilder builder : file.read(context)) {
      builder.configureRoutes(context);
      if (builder.getRouteTemplateCollection().getRouteTemplates().stream()
          .anyMatch(template -> name.equals(template.getId()))) {
        return;
      }
    }
    throw new Unfit("the kamelet in this file has to have the name " + name, "name:");
  }

  /**
   * One way of calling it.
   *
   * @param route the id of the route that Camel has made for that
   * @param parameters what the caller gives; what the kamelet itself sets is left out
   */
  private record Use(String route, Map<String, Object> parameters) {

    static Use of(RouteDefinition route) {
      Map<String, Object> given = new HashMap<>(route.getTemplateParameters());
      route.getTemplateDefaultParameters().forEach(given::remove);
      return new Use(route.getId(), given);
    }

    String parameter(String name) {
      return (String) parameters.get(name);
    }
  }

  private List<Use> uses(String name) {
    return context.getRouteDefinitions().stream()
        .filter(route -> route.isKamelet() != null && route.getTemplateParameters() != null)
        .filter(route -> name.equals(route.getTemplateParameters().get(Kamelet.PARAM_TEMPLATE_ID)))
        .map(Use::of)
        .toList();
  }

  private void put(String name, List<Use> uses, SourceText file) throws Exception {
    for (Use use : uses) {
      remove(use.route());
    }
    context.removeRouteTemplates(name);
    for (RouteBuilder builder : file.read(context)) {
      context.addRoutes(builder);
    }
    for (Use use : uses) {
      add(name, use);
    }
  }

  private void remove(String route) throws Exception {
    context.getRouteController().stopRoute(route);
    context.removeRoute(route);
    RouteDefinition left = context.getRouteDefinition(route);
    if (left != null) { // one that could not be made is a definition and nothing else
      context.removeRouteDefinition(left);
    }
  }

  /** As the component does for the first call. */
  private void add(String name, Use use) throws Exception {
    String id =
        context.addRouteFromKamelet(
            use.route(),
            name,
            use.parameter(Kamelet.PARAM_UUID),
            null, // no group
            use.parameter(Kamelet.PARENT_ROUTE_ID),
            use.parameter(Kamelet.PARENT_PROCESSOR_ID),
            use.parameters());
    if (!context.getRouteController().getRouteStatus(id).isStarted()) {
      context.startRouteDefinitions(List.of(context.getRouteDefinition(id)));
    }
  }
}
