package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.WebhookBodies.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.simulator.Fault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of other subscriptions are recognised by the subscription's id. */
class ForeignSubscriptionIT {

  private static final String RECEIVED = "{\"status\":\"received\"}";
  private static final String ASKING = "/api/v3/push_subscriptions";

  @TempDir Path folder;

  @Test
  void eventsOfAnotherSubscriptionAreToBeSentAgainUntilStravaSaysThatItIsNotOurs()
      throws Exception {
    try (TestBed bed = TestBed.prepare(folder).start()) {
      assertJson(bed.post(created(1, 999_999)), 200, RECEIVED);
      bed.subscribe();
      long ours = bed.strava().subscription().orElseThrow().id();
      await().untilAsserted(() -> assertProblem(bed.post(created(2, 999_999)), 403));
      assertJson(bed.post(created(3, ours)), 200, RECEIVED);

      bed.strava().unsubscribe();
      bed.subscribe();
      long renewed = bed.strava().subscription().orElseThrow().id();
      assertThat(renewed).isNotEqualTo(ours);
      bed.stop();
      bed.strava().clearRequests();
      bed.start();

      HttpResponse<String> again = bed.post(created(4, renewed));
      assertThat(assertProblem(again, 503))
          .isEqualTo("subscription_id " + renewed + " is unknown; Strava is being asked about it");
      assertThat(again.headers().firstValue("Retry-After")).isPresent();
      await().untilAsserted(() -> assertJson(bed.post(created(4, renewed)), 200, RECEIVED));
      assertThat(assertProblem(bed.post(created(5, ours)), 403))
          .isEqualTo("subscription_id " + ours + " is not this application's subscription");
      assertProblem(bed.post(created(6, 999_999)), 403);
      assertThat(bed.strava().count("GET", ASKING)).isOne();
      try (SecondConnection ledger = new SecondConnection(bed.ledgerFile())) {
        assertThat(ledger.column("select object_id from event"))
            .contains("1", "3", "4")
            .doesNotContain("5", "6");
      }
    }
  }

  @Test
  void theAnswerDoesNotWaitForStrava() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).start()) {
      bed.subscribe();
      await().untilAsserted(() -> assertProblem(bed.post(created(2, 999_999)), 403));
      bed.stop();
      bed.strava().arm(ASKING, new Fault.Delay(Duration.ofSeconds(3)));
      bed.start();

      Instant start = Instant.now();
      assertProblem(bed.post(created(3, 999_999)), 503);

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }
  }
}
