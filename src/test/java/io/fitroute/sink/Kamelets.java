package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.delivery.Sinks;
import io.fitroute.fit.Sha256;
import io.fitroute.runtime.TestBed;
import io.fitroute.settings.Settings;
import io.fitroute.transfer.RawResponses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** The program's kamelets without the rest of it. */
final class Kamelets implements AutoCloseable {

  private final CamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template;
  private final Sinks sinks;

  /**
   * @param folder the working directory
   * @param changes settings by name
   */
  Kamelets(Path folder, Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(Map.of("sink.timeout", "3s"));
    all.putAll(changes);
    Settings settings = Settings.load(Map.of(), folder, TestBed.home()).with(all);
    Properties properties = new Properties();
    settings
        .asProperties()
        .forEach(
            (name, value) -> {
              if (!name.toString().startsWith("camel.")) {
                properties.put(name, value);
              }
            });
    sinks = new Sinks(settings);
    properties.putAll(sinks.properties());
    context.getPropertiesComponent().setInitialProperties(properties);
    context
        .getPropertiesComponent()
        .addOverrideProperty(
            "camel.component.kamelet.location", "file:" + TestBed.home() + "/routes/kamelets");
    context.getRegistry().bind("sinkAnswers", new RawResponses(settings.duration("sink.timeout")));
    context
        .getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
        .setLocation("file:" + TestBed.home() + "/routes/kamelets");
    context.getComponent("http", HttpComponent.class).setAutomaticRetriesDisabled(true);
    context.setStreamCaching(false); // as in application.properties
    context.start();
    template = context.createProducerTemplate();
  }

  CamelContext context() {
    return context;
  }

  /** Delivers a file to a sink; returns its path. */
  String deliver(String sink, Path file, String path) throws Exception {
    Message answer = put(sink, file, path, Map.of());
    assertThat(answer.getHeader("taken", false, Boolean.class)).isFalse();
    return answer.getHeader("file", path, String.class);
  }

  /** Calls a sink to put a file. */
  Message put(String sink, Path file, String path, Map<String, Object> headers) throws Exception {
    Map<String, Object> all = new HashMap<>(headers);
    all.put("file", path);
    all.put("temporary", temporary(path));
    all.put("sha256", Sha256.of(file));
    return send(sink, "put", file, all);
  }

  static String temporary(String path) {
    int name = path.lastIndexOf('/') + 1;
    return path.substring(0, name) + ".fitroute-7-" + path.substring(name);
  }

  /** Calls a sink with an operation; throws its failure. */
  Message send(String sink, String operation, Object body, Map<String, Object> headers)
      throws Exception {
    Exchange exchange =
        template.request(
            "kamelet:" + sinks.madeKamelet(context, sink),
            one -> {
              one.getMessage().setBody(body);
              one.getMessage().setHeader("operation", operation);
              headers.forEach(one.getMessage()::setHeader);
            });
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange.getMessage();
  }

  @Override
  public void close() {
    context.stop();
  }
}
