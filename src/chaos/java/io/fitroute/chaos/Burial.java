package io.fitroute.chaos;

import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.WebhookDelivery;
import java.time.Instant;
import java.util.List;

/**
 * An activity whose deletion Strava confirmed, and who asked for it nevertheless.
 *
 * <p>Strava tells of a deletion when an activity is hidden from an application that may not see all
 * of them, and of a creation when it is shown again. So a creation that is younger than the
 * deletion has to be looked into; nothing else may ask.
 */
final class Burial {

  private final EventRow deletion;
  private final List<Creation> younger;

  /** What was told of the activity, by the second, and when it was told first. */
  private record Creation(Instant eventTime, Instant toldAt) {}

  /**
   * @param deletion settled, as confirmed
   * @param told all that was told to the services
   */
  Burial(EventRow deletion, List<WebhookDelivery> told) {
    this.deletion = deletion;
    this.younger =
        told.stream()
            .filter(delivery -> isCreation(Acknowledged.Identity.of(delivery.body())))
            .map(
                delivery ->
                    new Creation(
                        Acknowledged.Identity.of(delivery.body()).eventTime(), delivery.sentAt()))
            .filter(creation -> creation.eventTime().isAfter(deletion.eventTime()))
            .toList();
  }

  private boolean isCreation(Acknowledged.Identity event) {
    return event.objectType().equals(deletion.objectType())
        && event.objectId().equals(deletion.objectId())
        && event.aspect().equals("create");
  }

  /** When Strava's confirmation was noted. */
  Instant since() {
    return deletion.settledAt().orElseThrow();
  }

  /** Those of some requests that ask for the activity without a reason. */
  List<RecordedRequest> disturbances(List<RecordedRequest> requests) {
    String part = "/activities/" + deletion.objectId() + "/";
    return requests.stream()
        .filter(request -> (request.path() + "/").contains(part))
        .filter(request -> request.at().isAfter(since()))
        .filter(request -> younger.stream().noneMatch(told -> told.toldAt().isBefore(request.at())))
        .toList();
  }
}
