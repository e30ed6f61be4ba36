package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.header;
import static io.fitroute.simulator.Browser.json;
import static io.fitroute.simulator.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.ManualClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthTest {

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final FakeStrava strava =
      FakeStrava.start(FakeStravaOptions.builder().clock(clock).athleteLimit(1).build());
  private final Browser browser = new Browser(strava.webUrl());

  OAuthTest() {
    strava.addAthlete(7, "Ann", "Example");
    strava.addAthlete(8, "Bob", "<b>Example</b>");
  }

  @AfterEach
  void stop() {
    strava.close();
  }

  @Test
  void exchangesACodeOnce() throws IOException {
    String code = strava.authorize(7, "read,activity:read_all");

    HttpResponse<byte[]> first = exchange(code);
    assertThat(first.statusCode()).isEqualTo(200);
    JsonNode tokens = json(first);
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("scope").asText().split(" "))
        .containsExactlyInAnyOrder("read", "activity:read_all");
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(21_600);
    assertThat(tokens.path("expires_at").asLong())
        .isEqualTo(clock.instant().getEpochSecond() + 21_600);
    assertThat(tokens.path("athlete").path("id").asLong()).isEqualTo(7);
    assertThat(first.headers().map()).doesNotContainKey("x-ratelimit-usage");
    assertThat(apiStatus(tokens.path("access_token").asText())).isEqualTo(200);

    assertFault(exchange(code), 400, "RequestToken", "code", "invalid");
  }

  @Test
  void refusesAnAthleteOverTheLimitAndBurnsTheCode() throws IOException {
    strava.connect(7);
    String code = strava.authorize(8, "read");

    assertFault(exchange(code), 403, "Application", "limit", "exceeded");
    strava.revoke(7);
    assertFault(exchange(code), 400, "RequestToken", "code", "invalid");
  }

  @Test
  void refusesAnUnknownApplication() throws IOException {
    Map<String, String> form = form("refresh_token", "refresh_token", "x");
    form.put("client_id", "1");
    assertFault(browser.post("/oauth/token", form), 400, "Application", "client_id", "invalid");

    form.put("client_id", Integer.toString(strava.clientId()));
    form.put("client_secret", "wrong");
    assertFault(browser.post("/oauth/token", form), 400, "Application", "client_secret", "invalid");
  }

  @Test
  void refreshGivesTheSameTokenWhileMoreThanAnHourRemains() throws IOException {
    AthleteTokens tokens = strava.connect(7);
    clock.advance(Duration.ofHours(4));

    JsonNode refreshed = json(refresh(tokens.refreshToken()));
    assertThat(refreshed.path("access_token").asText()).isEqualTo(tokens.accessToken());
    assertThat(refreshed.path("refresh_token").asText()).isEqualTo(tokens.refreshToken());
    assertThat(refreshed.path("expires_in").asInt()).isEqualTo(7_200);
    assertThat(refreshed.has("athlete")).isFalse();
  }

  @Test
  void refreshRotatesAndTheOldRefreshTokenIsDead() throws IOException {
    AthleteTokens tokens = strava.connect(7);
    clock.advance(Duration.ofMinutes(301));

    JsonNode refreshed = json(refresh(tokens.refreshToken()));
    assertThat(refreshed.path("access_token").asText()).isNotEqualTo(tokens.accessToken());
    assertThat(refreshed.path("refresh_token").asText()).isNotEqualTo(tokens.refreshToken());
    assertThat(strava.tokensOf(7).orElseThrow().refreshToken())
        .isEqualTo(refreshed.path("refresh_token").asText());
    assertThat(apiStatus(tokens.accessToken())).as("counts until its own end").isEqualTo(200);

    assertFault(refresh(tokens.refreshToken()), 400, "RefreshToken", "refresh_token", "invalid");
    assertThat(refresh(refreshed.path("refresh_token").asText()).statusCode()).isEqualTo(200);
  }

  @Test
  void refreshKeepsTheRefreshTokenWithoutRotation() throws IOException {
    FakeStravaOptions options =
        FakeStravaOptions.builder().rotatingRefreshTokens(false).clientSecret("s").build();
    try (FakeStrava other = FakeStrava.start(options)) {
      other.addAthlete(7, "Ann", "Example");
      AthleteTokens tokens = other.connect(7);
      other.expireAccessToken(7);
      Map<String, String> form = form("refresh_token", "refresh_token", tokens.refreshToken());
      form.put("client_secret", "s");

      JsonNode refreshed = json(new Browser(other.webUrl()).post("/oauth/token", form));
      assertThat(refreshed.path("access_token").asText()).isNotEqualTo(tokens.accessToken());
      assertThat(refreshed.path("refresh_token").asText()).isEqualTo(tokens.refreshToken());
    }
  }

  @Test
  void anExpiredTokenIsRefused() throws IOException {
    AthleteTokens tokens = strava.connect(7);
    strava.expireAccessToken(7);

    HttpResponse<byte[]> refused = browser.bearer("/api/v3/athlete", tokens.accessToken());
    assertFault(refused, 401, "Athlete", "access_token", "invalid");
    assertThat(json(refused).path("message").asText()).isEqualTo("Authorization Error");
    assertThat(refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
  }

  @Test
  void deauthorizeEndsTheConnection() throws IOException {
    AthleteTokens tokens = strava.connect(7);
    HttpResponse<byte[]> answer =
        browser.post(
            "/oauth/deauthorize", Map.of(), "Authorization", "Bearer " + tokens.accessToken());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("access_token").asText()).isEqualTo(tokens.accessToken());
    assertThat(apiStatus(tokens.accessToken())).isEqualTo(401);
    assertFault(refresh(tokens.refreshToken()), 400, "RefreshToken", "refresh_token", "invalid");
  }

  @Test
  void revokeTakesEitherTokenAndNeedsTheApplication() throws IOException {
    AthleteTokens tokens = strava.connect(7);
    Map<String, String> form = Map.of("token", tokens.refreshToken());

    assertThat(browser.post("/oauth/revoke", form, "Authorization", basic("wrong")).statusCode())
        .isEqualTo(401);
    assertThat(apiStatus(tokens.accessToken())).isEqualTo(200);
    String right = basic(strava.clientSecret());
    assertThat(browser.post("/oauth/revoke", form, "Authorization", right).statusCode())
        .isEqualTo(200);
    assertThat(apiStatus(tokens.accessToken())).isEqualTo(401);
    assertThat(browser.post("/oauth/revoke", form, "Authorization", right).statusCode())
        .as("already gone")
        .isEqualTo(200);
  }

  @Test
  void theConsentPageShowsWhatIsAskedAndSendsTheDecisionBack() throws IOException {
    HttpResponse<byte[]> page = browser.get(authorizePath("http://localhost:5000/oauth/callback"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(text(page))
        .contains("tick_activity:read_all", "tick_read", "value=\"8\"", "&lt;b&gt;")
        .doesNotContain("<b>");

    Map<String, String> form = new HashMap<>();
    form.put("client_id", Integer.toString(strava.clientId()));
    form.put("response_type", "code");
    form.put("redirect_uri", "http://localhost:5000/oauth/callback?kept=1");
    form.put("scope", "read,activity:read_all");
    form.put("state", "a b&c");
    form.put("fake_athlete", "8");
    form.put("tick_read", "on");
    form.put("decision", "allow");
    HttpResponse<byte[]> allowed = browser.post("/oauth/authorize", form);
    assertThat(allowed.statusCode()).isEqualTo(302);
    assertThat(header(allowed, "Location"))
        .startsWith("http://localhost:5000/oauth/callback?kept=1&state=a+b%26c&code=")
        .endsWith("&scope=read");

    form.put("decision", "deny");
    assertThat(header(browser.post("/oauth/authorize", form), "Location"))
        .isEqualTo("http://localhost:5000/oauth/callback?kept=1&state=a+b%26c&error=access_denied");
  }

  @Test
  void consentsWithoutAPersonWhenAskedInTheQuery() throws IOException {
    String path = authorizePath("http://127.0.0.1:1/cb") + "&fake_consent=allow&fake_athlete=7";
    String location = header(browser.get(path), "Location");
    assertThat(location)
        .startsWith("http://127.0.0.1:1/cb?state=S&code=")
        .endsWith("&scope=read,activity%3Aread_all");
    String code = location.replaceAll(".*&code=([^&]*).*", "$1");
    assertThat(json(exchange(code)).path("athlete").path("id").asLong()).isEqualTo(7);
  }

  @Test
  void consentsOrRefusesWithoutAPersonWhenArranged() throws IOException {
    String path = authorizePath("http://localhost/cb");
    strava.consentAutomatically(7, "read");
    assertThat(header(browser.get(path), "Location")).endsWith("&scope=read");
    strava.consentAutomatically(7);
    assertThat(header(browser.get(path), "Location")).endsWith("&scope=read,activity%3Aread_all");
    strava.refuseAutomatically(7);
    assertThat(header(browser.get(path), "Location")).endsWith("&error=access_denied");
  }

  @ParameterizedTest
  @CsvSource({
    "redirect_uri=http%3A%2F%2Flocalhost, redirect_uri=http%3A%2F%2Fevil.example, redirect_uri",
    "client_id=98765, client_id=1, client_id",
    "response_type=code, response_type=token, response_type",
    "'scope=read,activity:read_all', scope=everything, scope",
    "'scope=read,activity:read_all', scope=, scope"
  })
  void refusesAWrongAuthorizeRequest(String right, String wrong, String field) throws IOException {
    String path = authorizePath("http://localhost");
    assertThat(path).contains(right);
    assertFault(browser.get(path.replace(right, wrong)), 400, "Application", field, "invalid");
  }

  @Test
  void tokensAreNotShownInText() {
    AthleteTokens tokens = strava.connect(7);
    assertThat(tokens.toString()).doesNotContain(tokens.accessToken(), tokens.refreshToken());
  }

  private String authorizePath(String redirectUri) {
    return "/oauth/authorize?client_id=98765&response_type=code&redirect_uri="
        + URLEncoder.encode(redirectUri, StandardCharsets.UTF_8)
        + "&approval_prompt=auto&scope=read,activity:read_all&state=S";
  }

  private HttpResponse<byte[]> exchange(String code) throws IOException {
    return browser.post("/oauth/token", form("authorization_code", "code", code));
  }

  private HttpResponse<byte[]> refresh(String token) throws IOException {
    return browser.post("/oauth/token", form("refresh_token", "refresh_token", token));
  }

  private Map<String, String> form(String grantType, String name, String value) {
    Map<String, String> form = new HashMap<>();
    form.put("client_id", Integer.toString(strava.clientId()));
    form.put("client_secret", strava.clientSecret());
    form.put("grant_type", grantType);
    form.put(name, value);
    return form;
  }

  private String basic(String secret) {
    byte[] pair = (strava.clientId() + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private int apiStatus(String token) throws IOException {
    return browser.bearer("/api/v3/athlete", token).statusCode();
  }

  private static void assertFault(
      HttpResponse<byte[]> response, int status, String resource, String field, String code) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    JsonNode error = json(response).path("errors").path(0);
    assertThat(error.path("resource").asText()).isEqualTo(resource);
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("code").asText()).isEqualTo(code);
  }
}
