package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.header;
import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.ManualClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTest {

  private static final Instant START = Instant.parse("2026-11-20T06:02:11Z");

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final FakeStrava strava =
      FakeStrava.start(FakeStravaOptions.builder().clock(clock).build());
  private final Browser browser = new Browser(strava.webUrl());
  private final String token;

  ApiTest() {
    strava.addAthlete(7, "Ann", "Example");
    strava.addAthlete(8, "Bob", "Example");
    token = strava.connect(7).accessToken();
  }

  @AfterEach
  void stop() {
    strava.close();
  }

  @Test
  void tellsTheAthleteOfTheToken() throws IOException {
    JsonNode athlete = json(get("/athlete"));
    assertThat(athlete.path("id").asLong()).isEqualTo(7);
    assertThat(athlete.path("firstname").asText()).isEqualTo("Ann");
  }

  @Test
  void detailsHaveStravasShape() throws IOException {
    long beyondDouble = (1L << 53) + 1;
    strava.upload(SimulatedActivity.run(7).id(beyondDouble).name("Kanał 🏃/../\u0001").build());

    HttpResponse<byte[]> response = get("/activities/" + beyondDouble + "?hub.mode=echo");
    assertThat(response.headers().map()).doesNotContainKeys("hub.mode", "authorization", "host");
    JsonNode details = json(response);
    assertThat(details.path("id").asLong()).isEqualTo(beyondDouble);
    assertThat(details.path("name").asText()).isEqualTo("Kanał 🏃/../\u0001");
    assertThat(details.path("resource_state").asInt()).isEqualTo(3);
    assertThat(details.path("athlete").path("id").asLong()).isEqualTo(7);
    assertThat(details.path("start_date").asText()).isEqualTo("2026-11-20T06:02:11Z");
    assertThat(details.path("start_date_local").asText()).isEqualTo("2026-11-20T07:02:11Z");
    assertThat(details.path("timezone").asText()).isEqualTo("(GMT+01:00) Europe/Brussels");
    assertThat(details.path("utc_offset").isDouble()).isTrue();
    assertThat(details.path("utc_offset").asDouble()).isEqualTo(3600);
    assertThat(details.path("distance").asDouble()).isEqualTo(5000);
    assertThat(details.path("moving_time").asInt()).isEqualTo(1500);
    assertThat(details.path("elapsed_time").asInt()).isEqualTo(1540);
    assertThat(details.path("device_name").asText()).isEqualTo("Garmin Forerunner 265");
    assertThat(details.path("upload_id").isIntegralNumber()).isTrue();
    assertThat(details.path("manual").asBoolean()).isFalse();
    assertThat(details.path("visibility").asText()).isEqualTo("everyone");
    assertThat(details.path("average_heartrate").asDouble()).isBetween(80.0, 180.0);
    assertThat(details.path("map").path("polyline").asText()).isNotEmpty();
    assertThat(details.path("start_latlng")).hasSize(2);
  }

  @Test
  void lapsCoverTheStreamsWithoutAGap() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).distance(5_300).build()).id();
    JsonNode details = json(get("/activities/" + id));
    JsonNode streams = json(get("/activities/" + id + "/streams?keys=time&key_by_type=true"));
    JsonNode laps = details.path("laps");

    assertThat(laps).hasSize(6);
    int end = 0;
    int elapsed = 0;
    double distance = 0;
    for (JsonNode lap : laps) {
      assertThat(lap.path("start_index").asInt()).isEqualTo(end);
      end = lap.path("end_index").asInt();
      elapsed += lap.path("elapsed_time").asInt();
      distance += lap.path("distance").asDouble();
    }
    assertThat(end).isEqualTo(streams.path("time").path("data").size() - 1);
    assertThat(elapsed).isEqualTo(details.path("elapsed_time").asInt());
    assertThat(distance).isCloseTo(5_300, within(1.0));
  }

  @Test
  void aManualActivityHasNoDeviceNoMapAndNoStreams() throws IOException {
    long id = strava.upload(SimulatedActivity.manualRun(7).build()).id();

    JsonNode details = json(get("/activities/" + id));
    assertThat(details.path("manual").asBoolean()).isTrue();
    assertThat(details.path("upload_id").isNull()).isTrue();
    assertThat(details.path("external_id").isNull()).isTrue();
    assertThat(details.has("device_name")).isFalse();
    assertThat(details.path("map").path("polyline").asText("x")).isEmpty();
    assertThat(details.path("start_latlng").isArray()).isTrue();
    assertThat(details.path("start_latlng")).isEmpty();

    HttpResponse<byte[]> streams = get("/activities/" + id + "/streams?keys=time&key_by_type=true");
    assertThat(streams.statusCode()).isEqualTo(404);
    assertThat(text(streams)).isEqualTo("{\"message\":\"Resource Not Found\",\"errors\":[]}");
  }

  @Test
  void aHiddenStartIsMidnightAndASecond() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).hiddenStart(true).build()).id();
    JsonNode details = json(get("/activities/" + id));
    assertThat(details.path("start_date").asText()).isEqualTo("2026-11-20T00:00:01Z");
    assertThat(details.path("start_date_local").asText()).isEqualTo("2026-11-20T00:00:01Z");
  }

  @Test
  void localTimeMayBeInAnotherYear() throws IOException {
    SimulatedActivity run =
        SimulatedActivity.run(7)
            .start(Instant.parse("2026-12-31T23:30:00Z"))
            .zone(ZoneId.of("Pacific/Auckland"))
            .build();
    JsonNode details = json(get("/activities/" + strava.upload(run).id()));
    assertThat(details.path("start_date_local").asText()).isEqualTo("2027-01-01T12:30:00Z");
    assertThat(details.path("timezone").asText()).isEqualTo("(GMT+12:00) Pacific/Auckland");
    assertThat(details.path("utc_offset").asDouble()).isEqualTo(46_800);
  }

  @Test
  void theOldTypeFoldsTheNew() throws IOException {
    long trail = strava.upload(SimulatedActivity.run(7).sportType("TrailRun").build()).id();
    JsonNode details = json(get("/activities/" + trail));
    assertThat(details.path("sport_type").asText()).isEqualTo("TrailRun");
    assertThat(details.path("type").asText()).isEqualTo("Run");
  }

  @Test
  void streamsComeByTypeOrAsAListAndAlwaysWithDistance() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    String path = "/activities/" + id + "/streams?keys=time,latlng,heartrate,moving,watts";

    HttpResponse<byte[]> response = get(path + "&key_by_type=true");
    assertThat(response.headers().map()).doesNotContainKey("x-ratelimit-usage");
    JsonNode byType = json(response);
    assertThat(byType.properties().stream().map(e -> e.getKey()))
        .containsExactlyInAnyOrder("time", "latlng", "heartrate", "moving", "distance");
    int size = byType.path("time").path("original_size").asInt();
    assertThat(byType).allSatisfy(stream -> assertThat(stream.path("data")).hasSize(size));
    assertThat(byType.path("time").path("series_type").asText()).isEqualTo("distance");

    JsonNode list = json(get(path));
    assertThat(list.isArray()).isTrue();
    assertThat(list).hasSize(5);
    assertThat(list.path(0).path("type").asText()).isEqualTo("time");
    assertThat(list.path(0).path("data")).isEqualTo(byType.path("time").path("data"));

    assertThat(json(get("/activities/" + id + "/streams?key_by_type=true")))
        .as("without keys")
        .hasSize(1);
  }

  @Test
  void whatWasNotRecordedIsMissingFromTheStreams() throws IOException {
    SimulatedActivity run =
        SimulatedActivity.run(7).gps(false).heartRate(false).trainer(true).build();
    long id = strava.upload(run).id();
    String keys = "time,latlng,altitude,heartrate,grade_smooth,cadence";
    JsonNode streams =
        json(get("/activities/" + id + "/streams?keys=" + keys + "&key_by_type=true"));
    assertThat(streams.properties().stream().map(e -> e.getKey()))
        .containsExactlyInAnyOrder("time", "distance", "cadence");
    JsonNode details = json(get("/activities/" + id));
    assertThat(details.path("has_heartrate").asBoolean()).isFalse();
    assertThat(details.has("average_heartrate")).isFalse();
    assertThat(details.path("map").path("polyline").asText("x")).isEmpty();
  }

  @Test
  void listsNewestFirstAndOldestFirstAfterATime() throws IOException {
    for (int day = 0; day < 5; day++) {
      Instant start = START.plus(Duration.ofDays(day));
      strava.upload(SimulatedActivity.run(7).id(100 + day).start(start).build());
    }
    strava.upload(SimulatedActivity.run(8).id(200).build());

    assertThat(ids("")).containsExactly(104L, 103L, 102L, 101L, 100L);
    assertThat(ids("?page=2&per_page=2")).containsExactly(102L, 101L);
    assertThat(ids("?page=4&per_page=2")).isEmpty();
    assertThat(ids("?after=" + START.getEpochSecond())).containsExactly(101L, 102L, 103L, 104L);
    assertThat(ids("?before=" + START.plus(Duration.ofDays(2)).getEpochSecond()))
        .containsExactly(101L, 100L);
    assertThat(get("/athlete/activities?per_page=201").statusCode()).isEqualTo(400);
  }

  @Test
  void scopeDecidesWhatIsSeen() throws IOException {
    SimulatedActivity hidden =
        SimulatedActivity.run(7).id(5).visibility(Visibility.ONLY_ME).build();
    strava.upload(hidden);
    assertThat(get("/activities/5").statusCode()).isEqualTo(200);
    assertThat(ids("")).containsExactly(5L);

    String lesser = strava.connect(7, "read,activity:read").accessToken();
    assertNotFound(browser.bearer("/api/v3/activities/5", lesser));
    assertThat(json(browser.bearer("/api/v3/athlete/activities", lesser))).isEmpty();

    String none = strava.connect(7, "read").accessToken();
    HttpResponse<byte[]> refused = browser.bearer("/api/v3/activities/5", none);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(text(refused))
        .isEqualTo(
            "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\","
                + "\"field\":\"activity:read_permission\",\"code\":\"missing\"}]}");
  }

  @Test
  void onlyOwnActivitiesAreFound() throws IOException {
    strava.upload(SimulatedActivity.run(8).id(5).build());
    assertNotFound(get("/activities/5"));
    assertNotFound(get("/activities/5/streams?keys=time"));
    assertNotFound(get("/activities/6"));
    assertNotFound(get("/activities/..%2f6"));
    assertThat(get("/activities/6/export_gpx").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsAreCountedInQuarterHoursAndDays() throws IOException {
    HttpResponse<byte[]> first = get("/athlete");
    assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("200,2000");
    assertThat(header(first, "X-RateLimit-Usage")).isEqualTo("1,1");
    assertThat(header(first, "X-ReadRateLimit-Limit")).isEqualTo("100,1000");
    assertThat(header(first, "X-ReadRateLimit-Usage")).isEqualTo("1,1");

    strava.useUpRequests(98);
    assertThat(get("/athlete").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> over = get("/athlete");
    assertThat(over.statusCode()).isEqualTo(429);
    assertThat(header(over, "X-ReadRateLimit-Usage")).isEqualTo("101,101");
    assertThat(text(over))
        .isEqualTo(
            "{\"message\":\"Rate Limit Exceeded\",\"errors\":[{\"resource\":\"Application\","
                + "\"field\":\"rate limit\",\"code\":\"exceeded\"}]}");

    clock.advance(Duration.ofMinutes(15));
    assertThat(header(get("/athlete"), "X-ReadRateLimit-Usage"))
        .as("those over the limit count for the day")
        .isEqualTo("1,102");
    strava.useUpRequests(898);
    clock.advance(Duration.ofMinutes(15));
    assertThat(get("/athlete").statusCode()).as("the day's limit").isEqualTo(429);
    strava.connect(7);
    clock.advance(Duration.ofHours(12));
    String tomorrow = strava.connect(7).accessToken();
    assertThat(header(browser.bearer("/api/v3/athlete", tomorrow), "X-ReadRateLimit-Usage"))
        .isEqualTo("1,1");
  }

  @Test
  void refusedTokensAreNotCountedAndTellNoUsage() throws IOException {
    HttpResponse<byte[]> refused = browser.bearer("/api/v3/athlete", "wrong");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().map()).doesNotContainKey("x-ratelimit-usage");
    assertThat(browser.get("/api/v3/athlete?access_token=" + token).statusCode())
        .as("tokens count in the header only")
        .isEqualTo(401);
    assertThat(header(get("/athlete"), "X-RateLimit-Usage")).isEqualTo("1,1");
  }

  @Test
  void anInactiveApplicationIsForbiddenButCanRefresh() throws IOException {
    strava.setApplicationActive(false);
    HttpResponse<byte[]> refused = get("/athlete");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(text(refused))
        .isEqualTo(
            "{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Application\","
                + "\"field\":\"Status\",\"code\":\"Inactive\"}]}");
    strava.setApplicationActive(true);
    assertThat(get("/athlete").statusCode()).isEqualTo(200);
  }

  @Test
  void requestsAreLoggedWithoutSecrets() throws IOException {
    long id = strava.upload(SimulatedActivity.run(7).build()).id();
    get("/activities/" + id + "?access_token=" + token + "&include_all_efforts=false");
    get("/activities/1");
    browser.get("/login");

    assertThat(strava.count("GET", "/api/v3/activities/*")).isEqualTo(2);
    assertThat(strava.count("GET", "/api/**")).isEqualTo(2);
    assertThat(strava.count("POST", "/**")).isZero();
    RecordedRequest first = strava.requests().get(0);
    assertThat(first.path()).isEqualTo("/api/v3/activities/" + id);
    assertThat(first.query()).isEqualTo("include_all_efforts=false");
    assertThat(first.credential()).isEqualTo(CredentialKind.BEARER);
    assertThat(strava.requests())
        .extracting(RecordedRequest::status)
        .containsExactly(200, 404, 200);
    assertThat(strava.requests().toString()).doesNotContain(token);
    assertThat(strava.firstDetailsRequest(id)).isPresent();
    assertThat(strava.firstDetailsRequest(id + 1)).isEmpty();
    strava.clearRequests();
    assertThat(strava.requests()).isEmpty();
  }

  @Test
  void severalRunSideBySide() throws IOException {
    try (FakeStrava other = FakeStrava.start()) {
      assertThat(new Browser(other.webUrl()).bearer("/api/v3/athlete", token).statusCode())
          .isEqualTo(401);
    }
    assertThat(get("/athlete").statusCode()).isEqualTo(200);
  }

  private List<Long> ids(String query) throws IOException {
    JsonNode list = json(get("/athlete/activities" + query));
    return StreamSupport.stream(list.spliterator(), false).map(e -> e.path("id").asLong()).toList();
  }

  private HttpResponse<byte[]> get(String path) throws IOException {
    return browser.bearer("/api/v3" + path, token);
  }

  private static void assertNotFound(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response))
        .isEqualTo(
            "{\"message\":\"Record Not Found\",\"errors\":[{\"resource\":\"Activity\","
                + "\"field\":\"id\",\"code\":\"invalid\"}]}");
  }
}
