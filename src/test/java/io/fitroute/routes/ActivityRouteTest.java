package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Outcome;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.SqlText;
import io.fitroute.runtime.RouteTestSupport;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main flow and its branch for updates; every other route is a mock. */
class ActivityRouteTest extends RouteTestSupport {

  private static final List<String> NEIGHBOURS =
      List.of(
          "deliver-kept-export",
          "read-activity",
          "recognise-file",
          "export-fit",
          "find-path",
          "deliver-file",
          "announce-delivery",
          "announce-change");

  private static final long EVENT = 1;

  private final List<String> calls = new ArrayList<>();

  ActivityRouteTest() {
    super("strava-activity", "strava-update", "choose-sinks", "recover-attempt");
  }

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    configuration.withMockEndpointsAndSkip("direct:(" + String.join("|", NEIGHBOURS) + ")");
  }

  private MockEndpoint neighbour(String route) {
    return getMockEndpoint("mock:direct:" + route);
  }

  private Exchange send(String route, String aspect) {
    for (String neighbour : NEIGHBOURS) {
      neighbour(neighbour)
          .whenAnyExchangeReceived(
              exchange -> {
                calls.add(neighbour);
                switch (neighbour) {
                  case "read-activity" -> exchange.setVariable("activity", activity());
                  case "find-path" -> exchange.setVariable("place", "2026/11/17.fit");
                  case "deliver-file" -> exchange.setRouteStop(true); // as setting an outcome does
                  default -> {}
                }
              });
    }
    return send(route, event(aspect), Map.of());
  }

  private static Event event(String aspect) {
    return inHand(
        new NewEvent(
            "strava",
            Priority.LIVE,
            1,
            "activity",
            "17",
            aspect,
            ATHLETE,
            Instant.parse("2026-11-21T10:00:00Z"),
            new TreeMap<>()));
  }

  private static Activity activity() {
    return new Activity(
        "17",
        ATHLETE,
        "Canal",
        "Run",
        Instant.parse("2026-11-21T10:00:00Z"),
        LocalDateTime.parse("2026-11-21T11:00:00"),
        false,
        Instant.now(),
        MissingNode.getInstance());
  }

  /** Records the activity's file as delivered to the sink by an event. */
  private void deliver(long event) {
    service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql(SqlText.named("record-delivery"))
                    .params("17", "file", "2026/11/17.fit", "original", 1, "ab", event, 1)
                    .update());
  }

  private void know(String sportType, boolean manual) {
    service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql(
                        "insert into activity (id, athlete_id, sport_type, start_time, start_local,"
                            + " manual, read_at) values ('17', ?, ?, 0, '2026-11-21T11:00:00', ?, 1)")
                    .params(ATHLETE, sportType, manual ? 1 : 0)
                    .update());
  }

  private static Outcome.Settled end(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return (Outcome.Settled) outcome(exchange).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"fetch-activity, create", "follow-update, update"})
  void whatIsAtNoSinkYetIsReadAndExportedAndDelivered(String route, String aspect) {
    Exchange end = send(route, aspect);

    assertThat(end.getException()).isNull();
    assertThat(calls)
        .containsExactly(
            "deliver-kept-export",
            "read-activity",
            "recognise-file",
            "export-fit",
            "recognise-file",
            "find-path",
            "deliver-file");
  }

  @ParameterizedTest
  @CsvSource({"fetch-activity, create", "follow-update, update"})
  void whatIsAtEverySinkIsNeitherReadNorExported(String route, String aspect) {
    deliver(EVENT + 1);

    Exchange end = send(route, aspect);

    assertThat(calls).isEmpty();
    assertThat(end(end))
        .isEqualTo(
            new Outcome.Settled(EventState.SKIPPED, "already delivered: file:2026/11/17.fit"));
  }

  @ParameterizedTest
  @CsvSource({"fetch-activity, create", "follow-update, update"})
  void whatAnEarlierAttemptAtTheEventDeliveredIsDone(String route, String aspect) {
    deliver(EVENT);

    Exchange end = send(route, aspect);

    assertThat(calls).containsExactly("announce-delivery");
    assertThat(end(end))
        .isEqualTo(new Outcome.Settled(EventState.DONE, "delivered: file:2026/11/17.fit"));
  }

  @Test
  void anUpdateOfAKnownAndDeliveredActivityLooksForFilesToRename() {
    know("Run", false);
    deliver(EVENT + 1);

    Exchange end = send("follow-update", "update");

    assertThat(calls).containsExactly("find-path", "announce-change");
    assertThat(end(end).reason()).isEqualTo("already delivered: file:2026/11/17.fit");
  }

  @ParameterizedTest
  @CsvSource({"Ride, false, Ride is not wanted", "Run, true, it was entered by hand"})
  void whatIsKnownToBeUnwantedIsNotReadAgain(String sportType, boolean manual, String why) {
    know(sportType, manual);

    Exchange end = send("fetch-activity", "create");

    assertThat(calls).containsExactly("deliver-kept-export");
    assertThat(end(end).reason()).isEqualTo("known already: " + why);
  }

  @ParameterizedTest
  @CsvSource({"fetch-activity, create", "follow-update, update"})
  void anActivityWhoseDeletionWasConfirmedIsSkipped(String route, String aspect) {
    deliver(EVENT + 1);
    service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql(SqlText.named("confirm-deletion"))
                    .param("activityId", "17")
                    .param("athleteId", ATHLETE)
                    .param("eventTime", Instant.parse("2026-11-22T10:00:00Z").toEpochMilli())
                    .param("held", 0)
                    .param("confirmedAt", 1)
                    .update());

    Exchange end = send(route, aspect);

    assertThat(calls).isEmpty();
    assertThat(end(end).reason()).isEqualTo("deleted at Strava (confirmed)");
  }

  @Test
  void aFailureIsForTheCallerToHandle() {
    neighbour("read-activity")
        .whenAnyExchangeReceived(
            exchange -> {
              throw new IOException("connection reset");
            });

    Exchange end = send("fetch-activity", event("create"), Map.of());

    assertThat(end.getException()).isInstanceOf(IOException.class);
    assertThat(outcome(end)).isEmpty();
  }
}
