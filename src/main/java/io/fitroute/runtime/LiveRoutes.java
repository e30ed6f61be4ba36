package io.fitroute.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/**
 * The running routes, each from a file.
 *
 * <p>Camel's own watcher is not used, only its parts: it removes a route before it knows whether
 * the new one can be created, and leaves it removed if not.
 */
final class LiveRoutes {

  private final ModelCamelContext context;

  LiveRoutes(ModelCamelContext context) {
    this.context = context;
  }

  /**
   * Whether the file contains error handling for routes in other files, which must then be
   * recreated too.
   */
  boolean concernsOthers(String location, String text) {
    return text.contains("routeConfiguration:") || !configurations(location).isEmpty();
  }

  /**
   * Replaces the routes of files. If one cannot be replaced, all stay as they were.
   *
   * @param before the running texts; new files are left out
   * @param after the new texts; removed files are left out
   * @throws EditingMistake with the file that has one
   */
  void exchange(Map<String, String> before, Map<String, String> after) throws EditingMistake {
    List<SourceText> files = SourceText.all(after);
    for (SourceText file : files) {
      file.attempt(() -> requireReadable(file, after.keySet()));
    }
    Set<String> taken = new HashSet<>(before.keySet());
    taken.removeAll(after.keySet());
    taken.forEach(this::remove);
    try {
      for (SourceText file : files) {
        file.attempt(() -> put(file));
      }
      DirectCalls.require(context, after::containsKey);
    } catch (EditingMistake mistake) {
      restore(before, after.keySet(), mistake);
      throw mistake;
    }
  }

  private void restore(Map<String, String> before, Set<String> touched, EditingMistake cause) {
    touched.stream().filter(location -> !before.containsKey(location)).forEach(this::remove);
    for (SourceText file : SourceText.all(before)) {
      try {
        put(file);
      } catch (Exception e) {
        throw new IllegalStateException(
            "the previous route does not start any more, after " + cause.getMessage(), e);
      }
    }
  }

  /** Checks as much as possible from the text before anything is changed. */
  private void requireReadable(SourceText file, Set<String> exchanged) throws Exception {
    for (RouteBuilder builder : file.read(context)) {
      Set<String> ids = new HashSet<>();
      for (RouteDefinition route : builder.configureRoutes(context).getRoutes()) {
        if (route.getId() == null || !route.hasCustomIdAssigned()) {
          throw EditingMistake.at(file, "route:", "a route needs an id to be reloaded");
        }
        Optional<String> elsewhere =
            Optional.ofNullable(context.getRouteDefinition(route.getId()))
                .map(LiveRoutes::location)
                .filter(other -> !other.equals(file.location()) && !exchanged.contains(other));
        if (!ids.add(route.getId()) || elsewhere.isPresent()) {
          throw EditingMistake.at(
              file,
              "id: " + route.getId(),
              "there is a route "
                  + route.getId()
                  + " already"
                  + elsewhere.map(other -> ", in " + other.replaceFirst(".*/", "")).orElse(""));
        }
      }
    }
  }

  private void put(SourceText file) throws Exception {
    removeConfigurations(file.location());
    Set<String> kept = PluginHelper.getRoutesLoader(context).updateRoutes(file.resource());
    routes(file.location()).stream()
        .filter(route -> !kept.contains(route.getId()))
        .forEach(this::remove);
  }

  private void remove(String location) {
    removeConfigurations(location);
    routes(location).forEach(this::remove);
  }

  private void remove(RouteDefinition route) {
    try {
      context.getRouteController().stopRoute(route.getId());
      context.removeRoute(route.getId());
      // a route that could not be created is just a definition
      context.removeRouteDefinition(route);
    } catch (Exception e) {
      throw new IllegalStateException("the route " + route.getId() + " does not stop", e);
    }
  }

  private void removeConfigurations(String location) {
    for (RouteConfigurationDefinition configuration : configurations(location)) {
      try {
        context.removeRouteConfiguration(configuration);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The ids of a file's running routes. */
  List<String> ids(String location) {
    return routes(location).stream().map(RouteDefinition::getId).toList();
  }

  private List<RouteDefinition> routes(String location) {
    return context.getRouteDefinitions().stream()
        .filter(route -> location.equals(location(route)) && route.isKamelet() == null)
        .toList();
  }

  private static String location(RouteDefinition route) {
    return route.getResource() == null ? "" : route.getResource().getLocation();
  }

  private List<RouteConfigurationDefinition> configurations(String location) {
    return context.getRouteConfigurationDefinitions().stream()
        .filter(one -> one.getResource() != null)
        .filter(one -> one.getResource().getLocation().equals(location))
        .toList();
  }
}
