package io.fitroute.sink;

import io.fitroute.service.TestBed;
import io.fitroute.settings.Settings;
import io.fitroute.strava.UnreadAnswers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** The kamelets of the program, without the rest of it. */
final class Kamelets implements AutoCloseable {

  private final CamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template;

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
    context.getPropertiesComponent().setInitialProperties(properties);
    context
        .getPropertiesComponent()
        .addOverrideProperty(
            "camel.component.kamelet.location", "file:" + TestBed.home() + "/routes/kamelets");
    context.getRegistry().bind("unreadAnswers", new UnreadAnswers());
    context
        .getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
        .setLocation("file:" + TestBed.home() + "/routes/kamelets");
    context.getComponent("http", HttpComponent.class).setAutomaticRetriesDisabled(true);
    context.start();
    template = context.createProducerTemplate();
  }

  /** Has a sink take a file; returns the path at which it is. */
  String deliver(String sink, Path file, String path) throws Exception {
    return send(sink + "-sink", file, Map.of("file", path)).getHeader("file", String.class);
  }

  /** Has a kamelet do its work; throws what it throws. */
  org.apache.camel.Message send(String kamelet, Object body, Map<String, Object> headers)
      throws Exception {
    Exchange exchange =
        template.request(
            "kamelet:fit-" + kamelet + "?noErrorHandler=true",
            one -> {
              one.getMessage().setBody(body);
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
