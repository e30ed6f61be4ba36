package io.fitroute.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What a file of routes or a kamelet says.
 *
 * @param location of the file, as Camel writes it
 */
record SourceText(String location, String text) {

  /** Something that Camel is to do with a file. */
  interface Step {

    /** Fails if what the file says cannot be done. */
    void take() throws Exception;
  }

  /** Of each file, by its location. */
  static List<SourceText> all(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(file -> new SourceText(file.getKey(), file.getValue()))
        .toList();
  }

  /** Has Camel read it; nothing that runs is touched by that. */
  List<RouteBuilder> read(CamelContext context) throws Exception {
    Resource resource = ResourceHelper.fromString(location, text);
    List<RouteBuilder> builders = new ArrayList<>();
    for (RoutesBuilder found :
        PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
      if (found instanceof RouteBuilder builder) {
        builders.add(builder);
      }
    }
    return builders;
  }

  /**
   * Takes a step with it.
   *
   * @throws Mistaken if that fails, with what is wrong in the file
   */
  void attempt(Step step) throws Mistaken {
    try {
      step.take();
    } catch (Exception mistake) {
      throw new Mistaken(Mistake.in(location, text, mistake));
    }
  }
}
