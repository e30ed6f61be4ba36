package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.NotExportedYet;
import io.fitroute.fit.FitCheck;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.RouteTestSupport;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain of exports: the fake Strava's web site, and a mock for its API. */
class ExportRouteTest extends RouteTestSupport {

  private static final String SITE = "/activities/*/export_original";

  private SimulatedActivity run;

  ExportRouteTest() {
    super("strava-export");
    set("fit.exports", "original,streams");
  }

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    configuration.withMockEndpointsAndSkip("direct:request-from-strava");
  }

  @BeforeEach
  void upload() {
    run =
        strava()
            .uploadSilently(
                SimulatedActivity.run(TestBed.ATHLETE).movingTime(Duration.ofMinutes(2)).build());
  }

  private MockEndpoint api() {
    return getMockEndpoint("mock:direct:request-from-strava");
  }

  private void answer(int status, String json) {
    api()
        .whenAnyExchangeReceived(
            exchange -> {
              exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
              exchange.getMessage().setBody(json.getBytes());
            });
  }

  private Event event(int failures) {
    NewEvent event =
        NewEvent.request(
            "strava", Priority.LIVE, "activity", Long.toString(run.id()), ATHLETE, Instant.now());
    return new Event(1, event, Instant.now(), failures, 0, false, "lease");
  }

  private Activity details(boolean manual) throws IOException {
    String json =
        """
        {"id": %d, "name": "Canal", "sport_type": "Run", "athlete": {"id": %s},
         "start_date": "2026-11-21T10:00:00Z", "start_date_local": "2026-11-21T11:00:00Z",
         "distance": 400.0, "moving_time": 120, "elapsed_time": 120, "manual": %b}
        """;
    return Activity.of(
        new ObjectMapper().readTree(json.formatted(run.id(), ATHLETE, manual)), Instant.now());
  }

  private Exchange export(int failures, boolean manual) throws IOException {
    return send("export-fit", event(failures), Map.of("activity", details(manual)));
  }

  /** The file is only there while the exchange is, so it is looked at within the route. */
  private void checkTheFileBeforeTheEnd() throws Exception {
    AdviceWith.adviceWith(
        context,
        "export-fit",
        route ->
            route
                .weaveAddLast()
                .process(
                    exchange ->
                        exchange.setVariable(
                            "records",
                            new FitCheck()
                                .check(exchange.getVariable("export", ExportedFile.class).path())
                                .records())));
  }

  private static String provenance(Exchange exchange) {
    return exchange.getVariable("export", ExportedFile.class).provenance();
  }

  @Test
  void theOriginalComesFirstAndThenTheApiIsNotAsked() throws Exception {
    checkTheFileBeforeTheEnd();
    api().expectedMessageCount(0);

    Exchange end = export(0, false);

    assertThat(end.getException()).isNull();
    assertThat(provenance(end)).isEqualTo("original");
    assertThat(end.getVariable("records", Integer.class)).isEqualTo(121);
    api().assertIsSatisfied();
  }

  @Test
  void withoutAnOriginalAFileIsWrittenFromStreams() throws Exception {
    checkTheFileBeforeTheEnd();
    strava().arm(SITE, Fault.status(404));
    answer(
        200,
        """
        {"time": {"data": [0, 60, 120]}, "distance": {"data": [0.0, 200.0, 400.0]},
         "heartrate": {"data": [100, 140, 150]}}
        """);
    api().expectedMessageCount(1);
    api()
        .expectedVariableReceived(
            "resource",
            "activities/%d/streams?keys=time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth&key_by_type=true"
                .formatted(run.id()));

    Exchange end = export(0, false);

    assertThat(end.getException()).isNull();
    assertThat(provenance(end)).isEqualTo("streams");
    assertThat(end.getVariable("records", Integer.class)).isEqualTo(3);
    api().assertIsSatisfied();
  }

  @Test
  void aManualEntryHasNoStreamsToAskFor() throws Exception {
    strava().arm(SITE, Fault.status(404));
    api().expectedMessageCount(0);

    Exchange end = export(0, true);

    assertThat(end.getException()).isNull();
    assertThat(provenance(end)).isEqualTo("streams");
    api().assertIsSatisfied();
  }

  @Test
  void aPassingTroubleWithTheOriginalIsWaitedOutBeforeTheNextExportIsTried() throws Exception {
    strava().arm(SITE, Fault.status(503));
    api().expectedMessageCount(0);

    Exchange end = export(0, false);

    assertThat(end.getException(ExportRefused.class))
        .hasMessage("Strava's web site answered 503 for the original");
    api().assertIsSatisfied();
  }

  @Test
  void aTroubleThatLastsIsNotWaitedOut() throws Exception {
    strava().arm(SITE, new Fault.Drop());
    answer(200, "{\"time\": {\"data\": [0, 120]}, \"distance\": {\"data\": [0.0, 400.0]}}");

    Exchange end = export(2, false);

    assertThat(end.getException()).isNull();
    assertThat(provenance(end)).isEqualTo("streams");
  }

  @Test
  void anApiThatIsAwayIsATroubleThatMayPass() throws Exception {
    strava().arm(SITE, Fault.status(404));
    api()
        .whenAnyExchangeReceived(
            exchange -> {
              throw new IOException("connection reset");
            });

    Exchange end = export(0, false);

    assertThat(end.getException(ExportRefused.class))
        .hasMessage("Strava has no original of it; the export streams failed: connection reset");
    assertThat(end.getVariable("export")).isNull();
  }

  @Test
  void streamsThatAreNotThereYetAreWorthWaitingFor() throws Exception {
    strava().arm(SITE, Fault.status(404));
    answer(404, "{\"message\":\"Resource Not Found\"}");

    Exchange end = send("export-fit", event(0), Map.of("activity", details(false), "fresh", true));

    assertThat(end.getException(NotExportedYet.class))
        .hasMessage("Strava has no original of it; Strava does not have its streams yet");
  }

  /** Many events may be due when the service starts. */
  @Test
  void callsAtOnceMakeTheRouteOfAnExportOnce() throws Exception {
    List<String> made = new CopyOnWriteArrayList<>();
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onRoutesAdd(Collection<Route> routes) {
            routes.forEach(route -> made.add(route.getRouteId()));
          }
        });
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      Callable<Exchange> call = () -> export(0, false);
      for (Future<Exchange> end : callers.invokeAll(Collections.nCopies(8, call))) {
        assertThat(provenance(end.get())).isEqualTo("original");
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(made).containsExactly("export-original");
  }
}
