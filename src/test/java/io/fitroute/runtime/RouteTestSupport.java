package io.fitroute.runtime;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Outcome;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test of routes alone with Camel's test kit. It runs the named files of {@code routes/}, {@code
 * beans} and {@code errors}, with the shipped settings, the program's own beans on a new ledger,
 * and a fake Strava with one connected athlete. There is no server, and events are only processed
 * if a route does so.
 *
 * <p>Override {@link #configureContext}, which runs before the constructor of the test, to mock
 * endpoints and replace sources; {@code AdviceWith} works too.
 */
public abstract class RouteTestSupport extends CamelMainTestSupport {

  /** The connected athlete. */
  protected static final String ATHLETE = Long.toString(TestBed.ATHLETE);

  @TempDir private Path folder;

  private final List<String> files;
  private final Map<String, String> changes = new HashMap<>();
  private final Registry beans = new DefaultRegistry();
  private TestBed bed;
  private Service service;

  /**
   * @param files files of {@code routes/} without their extension, such as {@code strava-events} or
   *     {@code own/my-routes}
   */
  protected RouteTestSupport(String... files) {
    this.files = List.of(files);
  }

  /** Changes a setting; call this in the constructor. */
  protected final void set(String setting, String value) {
    changes.put(setting, value);
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    bed = TestBed.prepare(folder);
    bed.set("strava.session-cookie", strava().sessionCookie(TestBed.ATHLETE));
    changes.forEach(bed::set);
    service =
        new Service(
            bed.settings(), TestBed.home(), RunMode.ASK, new Beans(), SystemServices.ofJdk());
    connect();
    camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(properties());
    return super.createCamelContext();
  }

  private void connect() {
    AthleteTokens tokens = strava().connect(TestBed.ATHLETE);
    TokenGrant grant =
        new TokenGrant(
            tokens.accessToken(), tokens.refreshToken(), tokens.expiresAt(), Optional.empty());
    service.tokenStore().connect(ATHLETE, "Ann", grant);
  }

  private Properties properties() {
    Properties properties = RunMode.ASK.properties(bed.settings(), TestBed.home());
    properties.setProperty("fitroute.mode", "serve");
    properties.setProperty(
        "camel.main.routes-include-pattern",
        Stream.concat(Stream.of("beans", "errors"), files.stream())
            .map(name -> "file:" + TestBed.home() + "/routes/" + name + ".camel.yaml")
            .collect(Collectors.joining(",")));
    return properties;
  }

  @Override
  protected String getPropertyPlaceholderLocations() {
    return "false";
  }

  /** Files of routes need these beans before Camel is configured. */
  @Override
  @SuppressWarnings("deprecation") // the kit does not call the replacement for Camel's main
  protected Registry createCamelRegistry() {
    return beans;
  }

  @AfterEach
  void stop() {
    context.stop();
    service.close();
    bed.close();
  }

  protected final FakeStrava strava() {
    return bed.strava();
  }

  /** The program before its start; its ledger is in use. */
  protected final Service service() {
    return service;
  }

  /** An event as the inbox hands it out for the first time. */
  protected static Event inHand(NewEvent event) {
    return new Event(1, event, Instant.now(), 0, 0, false, "lease");
  }

  /**
   * Sends an event to a route like {@code work-events}.
   *
   * @param variables the variables that earlier routes would have set
   * @return the resulting exchange, with its failure
   */
  protected final Exchange send(String route, Event event, Map<String, Object> variables) {
    return template.request(
        "direct:" + route,
        exchange -> {
          event.variables().forEach(exchange::setVariable);
          variables.forEach(exchange::setVariable);
          exchange.getMessage().setBody(event);
        });
  }

  /** The outcome of the event, if the route has set one. */
  protected static Optional<Outcome> outcome(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty("FitrouteOutcome", Outcome.class));
  }

  /** Receives the program's beans and makes it use the test's context. */
  private final class Beans extends Main {

    @Override
    public void bind(String name, Object bean) {
      beans.bind(name, bean);
    }

    @Override
    public CamelContext getCamelContext() {
      return context;
    }
  }
}
