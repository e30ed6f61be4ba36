package io.fitroute.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.chaos.LedgerView.EventRow;
import io.fitroute.simulator.CredentialKind;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BurialTest {

  private static final Instant DELETED = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant CONFIRMED = DELETED.plusSeconds(10);

  private static final EventRow DELETION =
      new EventRow(
          1, "activity", "17", "delete", DELETED, "{}", "done", "deleted", Optional.of(CONFIRMED));

  private static WebhookDelivery told(String aspect, long object, Instant eventTime, Instant at) {
    String body =
        "{\"aspect_type\":\"%s\",\"event_time\":%d,\"object_id\":%d,\"object_type\":\"activity\",\"updates\":{}}"
            .formatted(aspect, eventTime.getEpochSecond(), object);
    return new WebhookDelivery(body, 1, 200, "", at, Duration.ofMillis(1));
  }

  private static RecordedRequest request(String path, Instant at) {
    return new RecordedRequest("GET", path, "", 404, at, CredentialKind.BEARER);
  }

  private static List<RecordedRequest> disturbances(
      List<WebhookDelivery> told, RecordedRequest request) {
    return new Burial(DELETION, told).disturbances(List.of(request));
  }

  @Test
  void whoAsksAfterTheConfirmationDisturbs() {
    for (String path : List.of("/api/v3/activities/17", "/api/v3/activities/17/streams")) {
      RecordedRequest request = request(path, CONFIRMED.plusSeconds(5));

      assertThat(disturbances(List.of(), request)).containsExactly(request);
    }
    RecordedRequest original = request("/activities/17/export_original", CONFIRMED.plusMillis(1));
    assertThat(disturbances(List.of(), original)).containsExactly(original);
  }

  @Test
  void whoAsksBeforeItOrForAnotherActivityDoesNot() {
    assertThat(disturbances(List.of(), request("/api/v3/activities/17", CONFIRMED))).isEmpty();
    assertThat(disturbances(List.of(), request("/api/v3/activities/170", CONFIRMED.plusSeconds(5))))
        .isEmpty();
  }

  @Test
  void aYoungerCreationThatWasToldBeforeIsAReasonToAsk() {
    WebhookDelivery creation =
        told("create", 17, DELETED.plusSeconds(1), CONFIRMED.minusSeconds(5));

    assertThat(
            disturbances(
                List.of(creation), request("/api/v3/activities/17", CONFIRMED.plusSeconds(5))))
        .isEmpty();
  }

  @Test
  void nothingElseThatWasToldIsOne() {
    RecordedRequest request = request("/api/v3/activities/17", CONFIRMED.plusSeconds(5));
    Instant before = CONFIRMED.minusSeconds(5);

    for (WebhookDelivery other :
        List.of(
            told("create", 17, DELETED, before),
            told("create", 17, DELETED.minusSeconds(1), before),
            told("create", 18, DELETED.plusSeconds(1), before),
            told("update", 17, DELETED.plusSeconds(1), before),
            told("delete", 17, DELETED.plusSeconds(1), before),
            told("create", 17, DELETED.plusSeconds(1), request.at().plusMillis(1)))) {
      assertThat(disturbances(List.of(other), request)).as(other.body()).containsExactly(request);
    }
  }
}
