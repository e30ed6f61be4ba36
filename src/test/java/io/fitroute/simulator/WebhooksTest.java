package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.FreePort;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private final FakeStrava strava = FakeStrava.start(options(Duration.ofSeconds(10)));
  private final Browser browser = new Browser(strava.webUrl());
  private final Callback callback = new Callback();

  private static FakeStravaOptions options(Duration callbackTimeout) {
    return FakeStravaOptions.builder()
        .clientSecret("secret")
        .callbackTimeout(callbackTimeout)
        .deliverySpacing(Duration.ofMillis(20))
        .signingSecret("signing")
        .withoutLimits()
        .build();
  }

  WebhooksTest() throws IOException {
    strava.addAthlete(7, "Ann", "Example");
    strava.connect(7);
  }

  @AfterEach
  void stop() {
    strava.close();
    callback.close();
  }

  @Test
  void subscribesOnceTheCallbackEchoesTheChallenge() throws IOException {
    HttpResponse<byte[]> created = create(callback.url(), "secret & more");
    assertThat(created.statusCode()).as(text(created)).isEqualTo(201);
    assertThat(json(created).path("callback_url").asText()).isEqualTo(callback.url());
    assertThat(callback.questions)
        .contains("hub.mode=subscribe", "hub.verify_token=secret+&+more", "hub.challenge=");

    JsonNode list = json(browser.get("/api/v3/push_subscriptions?" + credentials()));
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("id")).isEqualTo(json(created).path("id"));
    assertThat(list.path(0).path("created_at").asText()).matches("[^.]*Z");
    assertThat(strava.subscription().map(Subscription::callbackUrl)).contains(callback.url());
  }

  @Test
  void refusesACallbackThatDoesNotEchoOrAnswer() throws IOException {
    callback.echoes = false;
    assertRefused(create(callback.url(), "t"), "callback url", "not verifiable");
    callback.statusOfChallenge = 403;
    assertRefused(
        create(callback.url(), "t"), "callback url", "GET to callback URL does not return 200");
    assertRefused(
        create("http://127.0.0.1:" + FreePort.any(), "t"), "callback url", "not verifiable");
    assertRefused(create("no url", "t"), "callback url", "not verifiable");
    assertRefused(
        create(callback.url() + "?" + "x".repeat(255), "t"), "callback url", "not verifiable");
    assertThat(json(browser.get("/api/v3/push_subscriptions?" + credentials()))).isEmpty();
  }

  @Test
  void refusesASecondSubscriptionUntilTheFirstIsDeleted() throws IOException {
    long id = json(create(callback.url(), "t")).path("id").asLong();
    assertRefused(create(callback.url(), "t"), "", "already exists");

    String path = "/api/v3/push_subscriptions/";
    assertThat(browser.delete(path + (id + 1) + "?" + credentials()).statusCode()).isEqualTo(404);
    assertThat(browser.delete(path + id).statusCode()).isEqualTo(400);
    HttpResponse<byte[]> deleted = browser.delete(path + id + "?" + credentials());
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(create(callback.url(), "t").statusCode()).isEqualTo(201);
  }

  @Test
  void takesAMultipartForm() throws IOException {
    StringBuilder body = new StringBuilder();
    Map<String, String> form = form();
    form.put("callback_url", callback.url());
    form.forEach(
        (name, value) ->
            body.append("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .append(value + "\r\n"));
    body.append("--x--\r\n");
    HttpResponse<byte[]> created =
        browser.send(
            browser
                .request("/api/v3/push_subscriptions")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(body.toString())));
    assertThat(created.statusCode()).as(text(created)).isEqualTo(201);
  }

  @Test
  void tellsWhatHappensToActivities() throws IOException {
    long subscription = strava.subscribe(callback.url()).id();
    SimulatedActivity run = strava.upload(SimulatedActivity.run(7).build());
    awaitEvents(1);
    JsonNode created = event(0);
    assertThat(created.path("object_type").asText()).isEqualTo("activity");
    assertThat(created.path("aspect_type").asText()).isEqualTo("create");
    assertThat(created.path("object_id").asLong()).isEqualTo(run.id());
    assertThat(created.path("owner_id").asLong()).isEqualTo(7);
    assertThat(created.path("subscription_id").asLong()).isEqualTo(subscription);
    assertThat(created.path("event_time").asLong())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
    assertThat(created.path("updates").isObject()).isTrue();

    strava.update(run.id(), change -> change.name("New").sportType("TrailRun"));
    awaitEvents(2);
    assertThat(event(1).path("updates").toString())
        .isEqualTo("{\"title\":\"New\",\"type\":\"Run\"}");
    strava.update(run.id(), change -> change.device("other"));
    strava.update(run.id(), change -> change.visibility(Visibility.ONLY_ME));
    awaitEvents(3);
    assertThat(event(2).path("updates").toString()).isEqualTo("{\"private\":\"true\"}");

    strava.delete(run.id());
    strava.delete(run.id());
    awaitEvents(4);
    assertThat(event(3).path("aspect_type").asText()).isEqualTo("delete");
    assertThat(strava.activity(run.id())).isEmpty();

    strava.revoke(7);
    awaitEvents(5);
    assertThat(event(4).path("object_type").asText()).isEqualTo("athlete");
    assertThat(event(4).path("updates").toString()).isEqualTo("{\"authorized\":\"false\"}");
    strava.upload(SimulatedActivity.run(7).build());
    assertThat(strava.unsettledEvents()).as("nobody to tell any more").isZero();
  }

  @Test
  void withALesserScopeOnlyMeLooksLikeDeleteAndCreate() throws IOException {
    strava.connect(7, "read,activity:read");
    strava.subscribe(callback.url());
    long id = strava.upload(SimulatedActivity.run(7).visibility(Visibility.ONLY_ME).build()).id();
    strava.update(id, change -> change.visibility(Visibility.EVERYONE));
    awaitEvents(1);
    strava.update(id, change -> change.visibility(Visibility.ONLY_ME));
    awaitEvents(2);
    assertThat(event(0).path("aspect_type").asText()).isEqualTo("create");
    assertThat(event(1).path("aspect_type").asText()).isEqualTo("delete");
  }

  @Test
  void triesThreeTimesAndOnly200Counts() {
    callback.statusOfEvent = count -> count == 1 ? 500 : count == 2 ? 204 : 200;
    strava.subscribe(callback.url());
    strava.upload(SimulatedActivity.run(7).build());
    awaitSettled();
    assertThat(callback.events).hasSize(3);
    assertThat(callback.events.get(2)).isEqualTo(callback.events.get(0));
    assertThat(strava.deliveries()).extracting(WebhookDelivery::attempt).containsExactly(1, 2, 3);
    assertThat(strava.deliveries())
        .extracting(WebhookDelivery::status)
        .containsExactly(500, 204, 200);
    assertThat(strava.droppedEvents()).isZero();
  }

  @Test
  void dropsAnEventAfterTheThirdAttempt() {
    callback.silent = true;
    try (FakeStrava impatient = FakeStrava.start(options(Duration.ofMillis(100)))) {
      impatient.subscribe(callback.url());
      impatient.deliver(WebhookEvent.created(1, 7, impatient.now()));
      await().until(() -> impatient.unsettledEvents() == 0);
      assertThat(impatient.deliveries()).hasSize(3);
      assertThat(impatient.deliveries()).extracting(WebhookDelivery::status).containsOnly(0);
      assertThat(impatient.deliveries().get(0).problem()).isEqualTo("no answer within 100 ms");
      assertThat(impatient.deliveries().get(0).took()).isGreaterThan(Duration.ofMillis(90));
      assertThat(impatient.droppedEvents()).isEqualTo(1);
    }
  }

  @Test
  void refusesACallbackThatIsTooSlow() throws IOException {
    callback.silent = true;
    try (FakeStrava impatient = FakeStrava.start(options(Duration.ofMillis(100)))) {
      Map<String, String> form = form();
      form.put("callback_url", callback.url());
      HttpResponse<byte[]> refused =
          new Browser(impatient.webUrl()).post("/api/v3/push_subscriptions", form);
      assertRefused(refused, "callback url", "not verifiable");
    }
  }

  @Test
  void keepsOnWhileTheSubscriberIsDown() throws IOException {
    strava.subscribe("http://127.0.0.1:" + FreePort.any() + "/webhook");
    strava.upload(SimulatedActivity.run(7).build());
    awaitSettled();
    assertThat(strava.deliveries()).hasSize(3).noneMatch(WebhookDelivery::accepted);
    assertThat(strava.deliveries().get(0).problem()).isNotEmpty();
  }

  @Test
  void sendsAnythingAsOftenAsAsked() {
    strava.subscribe(callback.url());
    WebhookEvent event = WebhookEvent.created(1, 7, strava.now());
    strava.deliver(event);
    strava.deliver(event);
    awaitEvents(2);
    assertThat(callback.events.get(0)).isEqualTo(callback.events.get(1));
    strava.deliverRaw("{not json");
    awaitEvents(3);
    assertThat(callback.events.get(2)).isEqualTo("{not json");
  }

  @Test
  void signsEvents() throws Exception {
    strava.subscribe(callback.url());
    strava.upload(SimulatedActivity.run(7).build());
    awaitEvents(1);
    String[] parts = callback.signatures.get(0).split("[=,]");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("signing".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = parts[1] + "." + callback.events.get(0);
    assertThat(parts[3])
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void sendsThousandsAtOnce() {
    strava.subscribe(callback.url());
    List<WebhookEvent> events =
        LongStream.range(0, 2_000)
            .mapToObj(id -> WebhookEvent.created(id, 7, strava.now()))
            .toList();
    strava.deliver(events);
    awaitSettled();
    assertThat(callback.events).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(strava.deliveries()).hasSize(2_000).allMatch(WebhookDelivery::accepted);
  }

  @Test
  void nothingIsSentWithoutASubscription() {
    strava.subscribe(callback.url());
    strava.unsubscribe();
    strava.upload(SimulatedActivity.run(7).build());
    assertThat(strava.unsettledEvents()).isZero();
  }

  @Test
  void tellsHowLongTheFirstRequestTookToCome() throws IOException {
    strava.subscribe(callback.url());
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    awaitSettled();
    assertThat(strava.eventToFirstRequest(id)).isEmpty();
    String token = strava.tokensOf(7).orElseThrow().accessToken();
    browser.bearer("/api/v3/activities/" + id, token);
    assertThat(strava.eventToFirstRequest(id).orElseThrow())
        .isBetween(Duration.ZERO, Duration.ofSeconds(30));
  }

  private void awaitEvents(int count) {
    await().untilAsserted(() -> assertThat(callback.events).hasSize(count));
  }

  private void awaitSettled() {
    await().until(() -> strava.unsettledEvents() == 0);
  }

  private JsonNode event(int index) throws IOException {
    return Json.readObject(callback.events.get(index).getBytes(StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private HttpResponse<byte[]> create(String url, String verifyToken) throws IOException {
    Map<String, String> form = form();
    form.put("callback_url", url);
    form.put("verify_token", verifyToken);
    return browser.post("/api/v3/push_subscriptions", form);
  }

  private Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    form.put("client_id", Integer.toString(strava.clientId()));
    form.put("client_secret", strava.clientSecret());
    return form;
  }

  private String credentials() {
    return "client_id=" + strava.clientId() + "&client_secret=" + strava.clientSecret();
  }

  private static void assertRefused(HttpResponse<byte[]> response, String field, String code) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
    JsonNode error = json(response).path("errors").path(0);
    assertThat(error.path("resource").asText()).isEqualTo("PushSubscription");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("code").asText()).isEqualTo(code);
  }
}
