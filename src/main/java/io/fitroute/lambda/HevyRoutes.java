package io.fitroute.lambda;

import io.fitroute.hevy.NotFound;
import io.fitroute.hevy.SyncedWorkouts;
import io.fitroute.inbox.NewEvent;
import io.fitroute.settings.Settings;
import io.fitroute.transfer.RawResponses;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * Runs the routes of workouts alone: no inbox, no ledger, no server. Intervals.icu is the only
 * record of known workouts.
 */
final class HevyRoutes {

  private static final List<String> FILES = List.of("errors", "hevy", "intervals-api");

  /** The prefixes in {@code application.properties} of components that are absent here. */
  private static final List<String> ABSENT =
      List.of(
          "camel.server.",
          "camel.management.",
          "camel.metrics.",
          "camel.health.",
          "camel.component.kamelet.");

  private final ProducerTemplate template;

  private HevyRoutes(ProducerTemplate template) {
    this.template = template;
  }

  /**
   * Starts the routes.
   *
   * @param home the folder of {@code application.properties} and the routes
   */
  static HevyRoutes start(Settings settings, Path home) {
    Main main = new Main();
    main.bind("syncedWorkouts", new SyncedWorkouts() {});
    main.bind("rawResponses", new RawResponses(settings.duration("strava.timeout")));
    main.setOverrideProperties(properties(settings, home));
    main.setDefaultPropertyPlaceholderLocation("false");
    // Camel's own strategy adds a hook for SIGTERM, which waits for a run that does not exist
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    try {
      main.start();
    } catch (Exception e) {
      throw new IllegalStateException("the routes cannot start: " + e.getMessage(), e);
    }
    return new HevyRoutes(main.getCamelContext().createProducerTemplate());
  }

  private static Properties properties(Settings settings, Path home) {
    Properties properties = settings.asProperties();
    properties.keySet().removeIf(name -> ABSENT.stream().anyMatch(name.toString()::startsWith));
    properties.setProperty("fitroute.home", home.toString());
    properties.setProperty("camel.component.properties.environment-variable-mode", "0");
    properties.setProperty(
        "camel.main.routes-include-pattern",
        FILES.stream()
            .map(name -> "file:" + home + "/routes/" + name + ".camel.yaml")
            .collect(Collectors.joining(",")));
    return properties;
  }

  /**
   * Loads the code that the first request needs, so that the snapshot contains it.
   *
   * @return Hevy's response or the failure
   */
  String prime() {
    Exchange answer = send("direct:ask-hevy", Map.of("resource", "workouts/count"));
    Exception failure = answer.getException();
    return failure == null ? answer.getMessage().getBody(String.class) : failure.getMessage();
  }

  /**
   * Writes a workout to Intervals.icu.
   *
   * @return what was done, as text
   * @throws RuntimeException usually one of {@code io.fitroute.hevy}
   */
  String sync(String workoutId) {
    return done("direct:sync-workout", workoutId);
  }

  /** The changes at Hevy since a time, oldest first. */
  List<NewEvent> changes(Instant since) {
    List<?> events =
        good(send("direct:read-workout-feed", Map.of("since", since)))
            .getMessage()
            .getBody(List.class);
    return events.stream().map(NewEvent.class::cast).toList();
  }

  /** Applies a change to Intervals.icu. */
  String follow(NewEvent change) {
    if (change.aspect().equals("delete")) {
      return done("direct:remove-workout", change.objectId());
    }
    try {
      return sync(change.objectId());
    } catch (NotFound deletedMeanwhile) {
      return done("direct:remove-synced-activity", change.objectId());
    }
  }

  private String done(String route, String workoutId) {
    Exchange exchange = good(send(route, Map.of("workoutId", workoutId)));
    return exchange.getVariable(
        "done", exchange.getVariable("unchanged", "", String.class), String.class);
  }

  private Exchange send(String route, Map<String, Object> variables) {
    return template.request(route, exchange -> variables.forEach(exchange::setVariable));
  }

  private static Exchange good(Exchange exchange) {
    Exception failure = exchange.getException();
    if (failure != null) {
      throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
    return exchange;
  }
}
