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
 * A test of routes alone, by Camel's own test kit. It runs the files of {@code routes/} that it
 * names, {@code beans} and {@code errors}; with the shipped settings, the program's own beans on a
 * new ledger, and a fake Strava to which one athlete is connected. There is no server, and no work
 * on events unless a route asks for it.
 *
 * <p>{@link #configureContext}, which runs before the constructor of the test, is where endpoints
 * are mocked and sources replaced; {@code AdviceWith} works too.
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
   * @param files those of {@code routes/}, without their ending, such as {@code strava-events} or
   *     {@code own/my-routes}
   */
  protected RouteTestSupport(String... files) {
    this.files = List.of(files);
  }

  /** Changes a setting; to be called in the constructor. */
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

  /** Beans in files of routes need them before Camel is configured. */
  @Override
  @SuppressWarnings("deprecation") // what replaces it is not asked by the kit for Camel's main
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

  /** The program as it was before its start; its ledger is in use. */
  protected final Service service() {
    return service;
  }

  /** An event in hand, as the inbox gives it out for the first time. */
  protected static Event inHand(NewEvent event) {
    return new Event(1, event, Instant.now(), 0, 0, false, "lease");
  }

  /**
   * Hands an event to a route as {@code work-events} does.
   *
   * @param variables what routes before this one would have found out
   * @return what the route ended with, its failure included
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

  /** What becomes of the event, if the route has said so. */
  protected static Optional<Outcome> outcome(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty("FitrouteOutcome", Outcome.class));
  }

  /** Takes the beans of the program, and lets it use the context of the test. */
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
