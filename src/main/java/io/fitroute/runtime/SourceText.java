package io.fitroute.runtime;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
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

  /** As Camel takes it. */
  Resource resource() {
    return ResourceHelper.fromString(location, text);
  }

  /** Has Camel read it; nothing that runs is touched by that. */
  List<RouteBuilder> read(CamelContext context) throws Exception {
    return PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource()).stream()
        .map(RouteBuilder.class::cast)
        .toList();
  }

  /**
   * Takes a step with it.
   *
   * @throws EditingMistake if that fails, with what is wrong in the file
   */
  void attempt(Step step) throws EditingMistake {
    try {
      step.take();
    } catch (EditingMistake known) {
      throw known;
    } catch (Exception failure) {
      throw EditingMistake.in(location, text, failure);
    }
  }
}
