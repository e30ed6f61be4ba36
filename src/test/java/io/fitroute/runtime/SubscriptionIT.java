package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.FreePort;
import io.fitroute.notice.Notice;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service keeps the webhook subscription in place. */
class SubscriptionIT {

  private static final String ELSEWHERE = "https://other.example.org/webhook";

  @TempDir Path folder;
  private TestBed bed;
  private String publicUrl;

  @BeforeEach
  void prepare() {
    int port = FreePort.any();
    publicUrl = "http://127.0.0.1:" + port;
    bed = TestBed.prepare(folder).set("webhook.port", Integer.toString(port));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Optional<String> callback() {
    return bed.strava().subscription().map(Subscription::callbackUrl);
  }

  private List<String> notices() {
    return bed.service().notices().all().stream().map(Notice::detail).toList();
  }

  private void awaitNotice(String part) {
    await().untilAsserted(() -> assertThat(notices()).singleElement().asString().contains(part));
  }

  @Test
  void oneIsMadeWhereThereIsNone() throws Exception {
    bed.set("webhook.public-url", publicUrl).start();

    await().until(() -> callback().isPresent());

    assertThat(callback()).contains(publicUrl + "/webhook");
    await().until(() -> bed.get("/health").body(), body -> !body.contains("subscription"));
    assertThat(bed.strava().count("DELETE", "/api/v3/push_subscriptions/*")).isZero();
  }

  @Test
  void oneThatLeadsHereIsLeftAlone() {
    bed.strava().subscribe(publicUrl + "/webhook/");
    bed.set("webhook.public-url", publicUrl).start();

    await().until(() -> bed.strava().count("GET", "/api/v3/push_subscriptions") > 0);
    await()
        .until(
            () ->
                bed.service()
                    .ledger()
                    .read()
                    .sql("select count(*) from subscription")
                    .query(Long.class)
                    .single(),
            known -> known == 1);

    assertThat(bed.strava().count("POST", "/api/v3/push_subscriptions")).isZero();
    assertThat(notices()).isEmpty();
  }

  @Test
  void oneThatLeadsElsewhereIsNotTouchedWithoutLeave() throws Exception {
    bed.strava().subscribe(ELSEWHERE);
    bed.set("webhook.public-url", publicUrl).start();

    awaitNotice("points to " + ELSEWHERE + " and not to " + publicUrl + "/webhook");

    assertThat(callback()).contains(ELSEWHERE);
    assertThat(bed.get("/health").body())
        .contains("there is a problem with the webhook subscription")
        .doesNotContain("other.example.org");
  }

  @Test
  void oneThatLeadsElsewhereIsReplacedWithLeave() {
    bed.strava().subscribe(ELSEWHERE);
    bed.set("webhook.public-url", publicUrl).set("webhook.subscription", "replace").start();

    await().until(() -> callback().equals(Optional.of(publicUrl + "/webhook")));
    await().until(() -> notices().isEmpty());
  }

  @Test
  void anotherIsNotEndedBeforeItIsKnownThatThisOneCanBeReached() {
    bed.strava().subscribe(ELSEWHERE);
    bed.set("webhook.public-url", "http://127.0.0.1:1")
        .set("webhook.subscription", "replace")
        .start();

    awaitNotice("refuses the connection");

    assertThat(callback()).contains(ELSEWHERE);
  }

  @Test
  void whenItIsOffNothingIsMade() {
    bed.set("webhook.public-url", publicUrl).set("webhook.subscription", "off").start();

    awaitNotice("Create one with ./fitroute subscription create");

    assertThat(callback()).isEmpty();
  }

  @Test
  void withoutAPublicAddressItSaysWhatIsMissing() {
    bed.start();

    awaitNotice("Set webhook.public-url");
  }

  @Test
  void withoutAVerifyTokenItSaysWhatIsMissing() {
    bed.set("webhook.public-url", publicUrl).set("strava.verify-token", "").start();

    awaitNotice("STRAVA_VERIFY_TOKEN is not set");
  }

  @Test
  void aRefusalOfStravasIsTriedAgain() {
    bed.strava()
        .arm(
            FaultRule.on("/api/v3/push_subscriptions", Fault.status(500, "{\"message\":\"error\"}"))
                .onlyTimes(1));
    bed.set("webhook.public-url", publicUrl).start();

    awaitNotice("Strava did not return the subscription: it answered 500");

    bed.stop();
    bed.start();
    await().until(() -> callback().isPresent());
    await().until(() -> notices().isEmpty());
  }

  @Test
  void oneMadeByACommandIsKnownToTheServiceAtOnce() throws Exception {
    bed.strava().subscribe(ELSEWHERE);
    bed.start();
    await().until(() -> bed.strava().count("GET", "/api/v3/push_subscriptions") > 0);
    await().untilAsserted(() -> assertThat(bed.post(event(1)).statusCode()).isEqualTo(403));

    try (StravaClient stravaClient =
        StravaClient.open(
            bed.set("webhook.public-url", publicUrl)
                .set("webhook.subscription", "replace")
                .settings(),
            TestBed.home())) {
      stravaClient.subscribe(false);
    }

    long id = bed.strava().subscription().orElseThrow().id();
    assertThat(bed.post(event(id)).statusCode()).isEqualTo(200);
  }

  private static String event(long subscription) {
    return "{\"aspect_type\":\"create\",\"event_time\":1795154400,\"object_id\":1,"
        + "\"object_type\":\"activity\",\"owner_id\":1,\"subscription_id\":"
        + subscription
        + "}";
  }
}
