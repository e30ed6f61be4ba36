package io.fitroute.chaos;

import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.chaos.LedgerView.Refusal;
import io.fitroute.simulator.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks the requests to Strava: none above a limit, none for deleted activities. */
final class RequestsInspection {

  private static final String API = "/api/v3/activities/";

  /** Allows for requests in progress when Strava refused one. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  /** Allows for the time to store a response. */
  private static final Duration STORING = Duration.ofMillis(300);

  private static final long QUARTER_HOUR_SECONDS = 900;

  private final World world;
  private final List<EventRow> events;
  private final List<RecordedRequest> requests;
  private final List<Violation> findings = new ArrayList<>();

  RequestsInspection(World world, List<EventRow> events) {
    this.world = world;
    this.events = events;
    this.requests = world.strava().requests();
  }

  List<Violation> findings() {
    withinLimit();
    world.ledger().refusals().forEach(this::patientAfter);
    events.stream()
        .filter(RequestsInspection::isConfirmedDelete)
        .collect(Collectors.toMap(EventRow::objectId, delete -> delete, (one, later) -> later))
        .values()
        .forEach(this::buried);
    return findings;
  }

  /** The number of requests to the API. */
  long count() {
    return requests.stream().filter(RequestsInspection::isApi).count();
  }

  /** A confirmed deletion ends as done, an unconfirmed one as skipped. */
  static boolean isConfirmedDelete(EventRow event) {
    return event.objectType().equals("activity")
        && event.aspect().equals("delete")
        && event.state().equals("done");
  }

  private static boolean isApi(RecordedRequest request) {
    return request.path().startsWith(API);
  }

  private void withinLimit() {
    List<RecordedRequest> refused =
        requests.stream().filter(request -> request.status() == 429).toList();
    int beyond = refused.size() - world.rateLimitsStruck();
    for (int number = 1; number <= beyond; number++) {
      findings.add(
          Violation.of(
              Promise.WITHIN_LIMIT,
              number + " of " + beyond + " beyond what was armed, among " + refused));
    }
  }

  private void patientAfter(Refusal refusal) {
    Instant heard = refusal.at();
    Instant windowEnd =
        world.watch().windowEnds().stream().filter(heard::isBefore).findFirst().orElse(Instant.MAX);
    Instant quarter =
        Instant.ofEpochSecond(
            (heard.getEpochSecond() / QUARTER_HOUR_SECONDS + 1) * QUARTER_HOUR_SECONDS);
    Instant end = windowEnd.isBefore(quarter) ? windowEnd : quarter;
    List<RecordedRequest> after =
        requests.stream()
            .filter(RequestsInspection::isApi)
            .filter(request -> request.at().isAfter(heard.plus(ON_THE_WAY)))
            .filter(request -> request.at().isBefore(end))
            .filter(request -> !wasThawedBefore(request))
            .toList();
    if (!after.isEmpty() && !wasKilledAfter(heard)) {
      findings.add(
          Violation.of(
              Promise.PATIENT,
              Long.parseLong(refusal.activityId()),
              after.size() + " requests after the 429 at " + heard + ", first " + after.get(0)));
    }
  }

  /** A process that was stopped during a request sends it late. */
  private boolean wasThawedBefore(RecordedRequest request) {
    return world.interruptions().stream()
        .anyMatch(
            time ->
                time.mishap() == Mishap.FROZEN
                    && time.touches(request.at().minus(ON_THE_WAY), request.at()));
  }

  /** A process killed before it stored a response has to ask again. */
  private boolean wasKilledAfter(Instant heard) {
    return world.kills().stream()
            .anyMatch(kill -> kill.isAfter(heard) && kill.isBefore(heard.plus(STORING)))
        || world.interruptions().stream()
            .anyMatch(time -> time.touches(heard.minus(STORING), heard.plus(STORING)));
  }

  private void buried(EventRow delete) {
    long activity = Long.parseLong(delete.objectId());
    if (world.strava().activity(activity).isPresent()) {
      return;
    }
    Burial burial = new Burial(delete, world.strava().deliveries());
    burial
        .disturbances(requests.stream().filter(request -> !wasThawedBefore(request)).toList())
        .forEach(
            request ->
                findings.add(
                    Violation.of(
                        Promise.BURIED,
                        activity,
                        request + " came after the delete was confirmed at " + burial.since())));
  }
}
