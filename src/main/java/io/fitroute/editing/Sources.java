package io.fitroute.editing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The files that routes and kamelets are written in, found as Camel finds them at the start. */
final class Sources {

  private static final String FILE = "file:";

  private final PackageScanResourceResolver resolver;
  private final List<String> routes;
  private final List<String> kamelets;

  /**
   * @param routes where the routes are, as {@code camel.main.routes-include-pattern} says it
   * @param kamelets where the kamelets are, as {@code camel.component.kamelet.location} says it
   */
  Sources(CamelContext context, String routes, String kamelets) {
    this.resolver = PluginHelper.getPackageScanResourceResolver(context);
    this.routes = files(routes);
    this.kamelets =
        files(kamelets).stream()
            .map(folder -> folder.replaceFirst("/+$", "") + "/*" + LiveKamelets.ENDING)
            .toList();
  }

  /** What is in an archive does not change. */
  private static List<String> files(String places) {
    return Arrays.stream(places.split(","))
        .map(String::strip)
        .map(place -> place.replaceFirst("\\?.*$", ""))
        .filter(place -> place.startsWith(FILE))
        .toList();
  }

  /** The path of the file at a location. */
  static Path file(String location) {
    return Path.of(location.substring(FILE.length()));
  }

  /** The text of each file of routes, by its location. */
  SortedMap<String, String> routes() {
    return read(routes);
  }

  /** The text of each kamelet, by its location. */
  SortedMap<String, String> kamelets() {
    return read(kamelets);
  }

  /** A file that goes away in between is left out. */
  private SortedMap<String, String> read(List<String> patterns) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String pattern : patterns) {
      for (Resource resource : found(pattern)) {
        try (InputStream text = resource.getInputStream()) {
          texts.put(
              resource.getLocation(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException gone) {
          texts.remove(resource.getLocation());
        }
      }
    }
    return texts;
  }

  private Iterable<Resource> found(String pattern) {
    try {
      return resolver.findResources(pattern);
    } catch (Exception away) {
      return List.of();
    }
  }
}
