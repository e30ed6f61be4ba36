package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {

  private final FakeStrava strava =
      FakeStrava.start(FakeStravaOptions.builder().withoutLimits().build());
  private final Browser browser = new Browser(strava.webUrl());
  private final Callback callback = new Callback();
  private JsonNode athlete;

  ControlTest() throws IOException {}

  @BeforeEach
  void connect() throws IOException {
    athlete = json(post("/fake/athletes", "{\"id\": 7, \"firstname\": \"Ann\"}"));
    post("/fake/subscription", "{\"callback_url\": \"" + callback.url() + "\"}");
  }

  @AfterEach
  void stop() {
    strava.close();
    callback.close();
  }

  @Test
  void explainsItself() throws IOException {
    assertThat(text(browser.get("/fake"))).contains("POST   /fake/activities", "gzip-bomb");
  }

  @Test
  void connectsAnAthlete() throws IOException {
    HttpResponse<byte[]> answer =
        browser.bearer("/api/v3/athlete", athlete.path("access_token").asText());
    assertThat(json(answer).path("firstname").asText()).isEqualTo("Ann");
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    String cookie = "_strava4_session=" + athlete.path("strava4_session").asText();
    assertThat(browser.get("/activities/" + id + "/export_original", "Cookie", cookie).statusCode())
        .isEqualTo(200);
  }

  @Test
  void uploadsChangesAndDeletes() throws IOException {
    String body =
        "{\"athlete_id\": 7, \"count\": 3, \"name\": \"Loop\", \"sport_type\": \"Ride\","
            + " \"visibility\": \"only_me\", \"zone\": \"Asia/Tokyo\", \"moving_time\": 60}";
    JsonNode ids = json(post("/fake/activities", body)).path("ids");
    assertThat(ids).hasSize(3);
    SimulatedActivity first = strava.activity(ids.path(0).asLong()).orElseThrow();
    assertThat(first.name()).isEqualTo("Loop");
    assertThat(first.visibility()).isEqualTo(Visibility.ONLY_ME);
    assertThat(first.movingTime()).hasMinutes(1);
    awaitEvents(3);

    String path = "/fake/activities/" + first.id();
    assertThat(browser.json("PUT", path, "{\"name\": \"Other\"}").statusCode()).isEqualTo(204);
    assertThat(strava.activity(first.id()).orElseThrow().name()).isEqualTo("Other");
    awaitEvents(4);
    assertThat(browser.delete(path).statusCode()).isEqualTo(204);
    assertThat(strava.activity(first.id())).isEmpty();
    awaitEvents(5);
    assertThat(browser.delete(path).statusCode()).isEqualTo(404);

    post("/fake/activities", "{\"athlete_id\": 7, \"id\": 9007199254740993, \"event\": false}");
    assertThat(strava.activity(9007199254740993L)).isPresent();
    assertThat(strava.unsettledEvents()).isZero();
  }

  @Test
  void sendsABurstOfEvents() throws IOException {
    HttpResponse<byte[]> answer =
        post("/fake/events", "{\"object_id\": 1000, \"owner_id\": 7, \"count\": 300}");
    assertThat(answer.statusCode()).isEqualTo(202);
    awaitEvents(300);
    assertThat(callback.events).doesNotHaveDuplicates();
    await().until(() -> strava.unsettledEvents() == 0);
    JsonNode deliveries = json(browser.get("/fake/deliveries"));
    assertThat(deliveries.path("accepted").asLong()).isEqualTo(300);
    assertThat(deliveries.path("unsettled").asLong()).isZero();
    assertThat(deliveries.at("/by_status/200").asLong()).isEqualTo(300);
  }

  @Test
  void armsFaultsAndCountsRequests() throws IOException {
    String rule = "{\"path\": \"/login\", \"fault\": \"status\", \"status\": 418, \"times\": 1}";
    assertThat(post("/fake/faults", rule).statusCode()).isEqualTo(204);
    assertThat(browser.get("/login").statusCode()).isEqualTo(418);
    assertThat(browser.get("/login").statusCode()).isEqualTo(200);
    post("/fake/faults", "{\"path\": \"/login\", \"fault\": \"not-found\", \"seconds\": 60}");
    assertThat(browser.get("/login").statusCode()).isEqualTo(404);
    browser.delete("/fake/faults");
    assertThat(browser.get("/login").statusCode()).isEqualTo(200);

    browser.get("/api/v3/activities/5");
    browser.get("/api/v3/activities/6");
    assertThat(json(browser.get("/fake/requests?path=/log*")).path("count").asLong()).isEqualTo(4);
    assertThat(json(browser.get("/fake/requests")).path("GET /api/v3/activities/*").asLong())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/fake/athletes | {} | id",
        "/fake/athletes | {\"id\": 0} | athlete id is 0",
        "/fake/activities | [] | body",
        "/fake/activities | {\"athlete_id\": 7, \"nonsense\": 1} | nonsense",
        "/fake/activities | {\"athlete_id\": 7, \"zone\": \"Nowhere\"} | Nowhere",
        "/fake/activities | {\"athlete_id\": 7, \"start\": \"noon\"} | noon",
        "/fake/activities | {\"athlete_id\": 7, \"count\": 0} | allowed is 1 to",
        "/fake/events | {\"object_id\": 1.5, \"owner_id\": 7} | object_id",
        "/fake/faults | {\"fault\": \"nonsense\"} | nonsense",
        "/fake/faults | {\"fault\": \"drop\", \"times\": 0} | allowed is 1 or more",
        "/fake/subscription | {} | callback_url"
      })
  void saysWhatIsWrong(String path, String body, String problem) throws IOException {
    HttpResponse<byte[]> answer = post(path, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains(problem);
  }

  private HttpResponse<byte[]> post(String path, String body) throws IOException {
    return browser.json("POST", path, body);
  }

  private void awaitEvents(int count) {
    await().untilAsserted(() -> assertThat(callback.events).hasSize(count));
  }
}
