package io.fitroute.editing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

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
  int exchange(String location, Optional<String> before, String after) throws Mistaken {
    String name = name(location);
    try {
      requireReadable(name, location, after);
    } catch (Exception mistake) {
      throw new Mistaken(Mistake.in(location, after, mistake));
    }
    if (context.getRouteTemplateDefinition(name) == null) {
      return 0;
    }
    List<Use> uses = uses(name);
    try {
      put(name, uses, location, after);
      return uses.size();
    } catch (Exception mistake) {
      Mistake found = Mistake.in(location, after, mistake);
      restore(name, uses, location, before, found);
      throw new Mistaken(found);
    }
  }

  private void restore(
      String name, List<Use> uses, String location, Optional<String> before, Mistake cause) {
    if (before.isPresent()) {
      try {
        put(name, uses, location, before.get());
      } catch (Exception e) {
        throw new IllegalStateException(
            "the kamelet as it was does not start any more, after " + cause.sentence(), e);
      }
    }
  }

  private static String name(String location) {
    String file = Sources.file(location).getFileName().toString();
    return file.substring(0, file.length() - ENDING.length());
  }

  private void requireReadable(String name, String location, String text) throws Exception {
    RouteBuilder builder = read(location, text);
    builder.configureRoutes(context);
    List<RouteTemplateDefinition> found = builder.getRouteTemplateCollection().getRouteTemplates();
    if (found.stream().noneMatch(template -> name.equals(template.getId()))) {
      throw new Unfit("the kamelet in this file has to have the name " + name, "name:");
    }
  }

  private RouteBuilder read(String location, String text) throws Exception {
    Collection<RoutesBuilder> found =
        PluginHelper.getRoutesLoader(context)
            .findRoutesBuilders(List.of(ResourceHelper.fromString(location, text)));
    return (RouteBuilder) found.iterator().next();
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

  private void put(String name, List<Use> uses, String location, String text) throws Exception {
    for (Use use : uses) {
      remove(use.route());
    }
    context.removeRouteTemplates(name);
    context.addRoutes(read(location, text));
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
