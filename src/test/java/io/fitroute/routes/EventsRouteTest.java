package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.delivery.SinkDown;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Outcome;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.RouteTestSupport;
import io.fitroute.strava.api.ApiResponses;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code work-events} sends each event, and how it handles failures. */
class EventsRouteTest extends RouteTestSupport {

  private static final List<String> NEIGHBOURS =
      List.of(
          "notify",
          "disconnect-athlete",
          "remove-activity",
          "upgrade-activity",
          "import-activity",
          "undo-import",
          "resend-activity",
          "follow-update",
          "work-upload",
          "fetch-activity");

  EventsRouteTest() {
    super("strava-events");
  }

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    configuration.replaceRouteFromWith("work-events", "direct:work-events");
    configuration.withMockEndpointsAndSkip("direct:(?!/*work-events).*");
  }

  private static Event event(String origin, String objectType, String aspect) {
    return inHand(
        new NewEvent(
            origin,
            Priority.LIVE,
            1,
            objectType,
            "17",
            aspect,
            ATHLETE,
            Instant.parse("2026-11-21T10:00:00Z"),
            new TreeMap<>()));
  }

  private MockEndpoint neighbour(String route) {
    return getMockEndpoint("mock:direct:" + route);
  }

  private Exchange work(Event event) {
    return send("work-events", event, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "fitroute, announcement, create, notify",
    "strava, athlete, update, disconnect-athlete",
    "strava, activity, create, fetch-activity",
    "strava, activity, update, follow-update",
    "strava, activity, delete, remove-activity",
    "download, activity, create, fetch-activity",
    "upgrade, activity, create, upgrade-activity",
    "import, activity, create, import-activity",
    "undo, activity, create, undo-import",
    "resend, activity, create, resend-activity",
    "upload, activity, create, fetch-activity",
    "upload, upload, create, work-upload"
  })
  void eachEventGoesToTheRouteForItsKindAndToNoOther(
      String origin, String objectType, String aspect, String route) throws Exception {
    neighbour("recover-attempt").expectedMessageCount(1);
    for (String other : NEIGHBOURS) {
      neighbour(other).expectedMessageCount(other.equals(route) ? 1 : 0);
    }

    Exchange end = work(event(origin, objectType, aspect));

    MockEndpoint.assertIsSatisfied(context);
    assertThat(end.getException()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "strava, activity, create",
    "strava, activity, delete",
    "upgrade, activity, create",
    "resend, activity, create",
    "upload, upload, create"
  })
  void anEventOfAPausedAthleteWaits(String origin, String objectType, String aspect)
      throws Exception {
    service().athletes().pause(ATHLETE, true);
    for (String route : NEIGHBOURS) {
      neighbour(route).expectedMessageCount(0);
    }

    Exchange end = work(event(origin, objectType, aspect));

    MockEndpoint.assertIsSatisfied(context);
    Outcome.Deferred parked = (Outcome.Deferred) outcome(end).orElseThrow();
    assertThat(parked.reason()).isEqualTo("paused by its owner");
    assertThat(Duration.between(Instant.now(), parked.until()))
        .isBetween(Duration.ofHours(5), Duration.ofHours(6));
  }

  @ParameterizedTest
  @CsvSource({
    "strava, athlete, update, disconnect-athlete",
    "fitroute, announcement, create, notify"
  })
  void aPauseHoldsUpNeitherAWithdrawalNorAnAnnouncement(
      String origin, String objectType, String aspect, String route) throws Exception {
    service().athletes().pause(ATHLETE, true);
    neighbour(route).expectedMessageCount(1);

    assertThat(outcome(work(event(origin, objectType, aspect)))).isEmpty();

    neighbour(route).assertIsSatisfied();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | {}                                      | NotReady | Strava does not have it, or does not show it
          403 | {"message":"Forbidden"}                 | Failed   | Strava forbids it
          403 | {"errors":[{"resource":"Activity"}]}    | Settled  | Strava forbids it
          403 | {"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]} | Deferred | inactive
          503 | {}                                      | Failed   | Strava answered 503
          """)
  void eachRefusalOfStravasHasItsOwnOutcome(int status, String body, String kind, String reason) {
    ApiResponses answers =
        context.getRegistry().lookupByNameAndType("apiResponses", ApiResponses.class);
    Event event = event("strava", "activity", "create");
    neighbour("fetch-activity")
        .whenAnyExchangeReceived(exchange -> answers.good(status, body.getBytes(), ATHLETE, event));

    Outcome outcome = outcome(work(event)).orElseThrow();

    assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(outcome.reason()).contains(reason);
  }

  @Test
  void aSinkThatIsDownHasABackoffScheduleOfItsOwn() {
    fail(new SinkDown("the sink home did not accept the file"));

    assertThat(outcome(work(event("strava", "activity", "create"))))
        .contains(new Outcome.SinkDown("the sink home did not accept the file"));
  }

  @Test
  void whateverElseFailsIsTriedAgainAndSaysWhy() {
    fail(new IOException("connection reset"));

    assertThat(outcome(work(event("strava", "activity", "create"))))
        .contains(new Outcome.Failed("connection reset"));
  }

  private void fail(Exception failure) {
    neighbour("fetch-activity")
        .whenAnyExchangeReceived(
            exchange -> {
              throw failure;
            });
  }
}
