package io.fitroute.runtime;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The text of a file of routes or of a kamelet.
 *
 * @param location the file, as a location of Camel
 */
record SourceText(String location, String text) {

  /** An operation of Camel on a file. */
  interface Step {

    /** Fails if the file cannot be processed. */
    void take() throws Exception;
  }

  /** All files, by location. */
  static List<SourceText> all(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(file -> new SourceText(file.getKey(), file.getValue()))
        .toList();
  }

  /** The text as a resource of Camel. */
  Resource resource() {
    return ResourceHelper.fromString(location, text);
  }

  /** Makes Camel read it, without affecting what runs. */
  List<RouteBuilder> read(CamelContext context) throws Exception {
    return PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource()).stream()
        .map(RouteBuilder.class::cast)
        .toList();
  }

  /**
   * Runs an operation on the file.
   *
   * @throws EditingMistake if it fails, with what is wrong in the file
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
