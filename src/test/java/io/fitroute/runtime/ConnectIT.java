package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedAthlete;
import io.fitroute.strava.api.Athletes.Athlete;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting athletes, with a plain HTTP client instead of a browser. */
class ConnectIT {

  private static final long ANN = TestBed.ATHLETE;
  private static final String ID = Long.toString(ANN);

  @TempDir Path folder;

  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
  private TestBed bed;

  @AfterEach
  void close() {
    bed.close();
  }

  private void start() {
    bed = TestBed.prepare(folder).start();
  }

  private HttpResponse<String> browse(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
    return browser.send(request, BodyHandlers.ofString());
  }

  /** Starts a connection without going to Strava, and returns its state. */
  private String state() throws IOException, InterruptedException {
    HttpResponse<String> redirect = bed.get("/connect");
    assertThat(redirect.statusCode()).isEqualTo(302);
    return redirect.headers().firstValue("Location").orElseThrow().replaceAll(".*&state=", "");
  }

  private HttpResponse<String> comeBack(String query) throws IOException, InterruptedException {
    return bed.get("/oauth/callback?" + query);
  }

  private HttpResponse<String> comeBackWithCode() throws IOException, InterruptedException {
    String code = bed.strava().authorize(ANN, "read,activity:read_all");
    return comeBack("state=" + state() + "&code=" + code + "&scope=read,activity:read_all");
  }

  private Optional<Athlete> ann() {
    return bed.service().athletes().find(ID);
  }

  private static String paragraph(HttpResponse<String> page) {
    return page.body().replaceAll("(?s).*?<p>(.*?)</p>.*", "$1").replace("&quot;", "\"");
  }

  @Test
  void anAthleteIsConnectedAndToldWhatHappensNext() throws Exception {
    start();
    bed.strava().consentAutomatically(ANN);

    HttpResponse<String> page = browse(bed.url("/connect"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("Ann Example (athlete 4455667) is connected with Strava.")
        .contains("./fitroute subscription create");
    assertThat(ann().orElseThrow().scope()).isEqualTo("activity:read_all,read");
    assertThat(bed.service().tokenStore().find(ID).orElseThrow().accessToken())
        .isEqualTo(bed.strava().tokensOf(ANN).orElseThrow().accessToken());
  }

  @Test
  void aNameCannotBecomePartOfThePage() throws Exception {
    start();
    bed.strava().addAthlete(SimulatedAthlete.named(8, "<script>alert(1)</script>", "O'Neil \"x\""));
    bed.strava().consentAutomatically(8);

    assertThat(browse(bed.url("/connect")).body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Neil &quot;x&quot;")
        .doesNotContain("<script");
  }

  @Test
  void manyAthletesAreConnectedSideBySide() throws Exception {
    start();
    for (long id = 1; id <= 12; id++) {
      bed.strava().addAthlete(id, "Athlete", Long.toString(id));
      bed.strava().consentAutomatically(id);
      assertThat(browse(bed.url("/connect")).statusCode()).isEqualTo(200);
    }

    assertThat(bed.service().athletes().all()).hasSize(12);
  }

  @Test
  void aRefusalIsToldAsOne() throws Exception {
    start();
    bed.strava().refuseAutomatically(ANN);

    HttpResponse<String> page = browse(bed.url("/connect"));

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(paragraph(page))
        .startsWith("You denied access at Strava, so no athlete was connected")
        .contains("connect again and choose Authorize");
    assertThat(ann()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "read,activity:read"})
  void aBoxThatWasNotTickedIsNamedBeforeTheCodeIsUsed(String granted) throws Exception {
    start();
    bed.strava().consentAutomatically(ANN, granted);

    HttpResponse<String> page = browse(bed.url("/connect"));

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(paragraph(page))
        .contains("The permission lacks activity:read_all")
        .contains("leave \"View data about your private activities\" ticked")
        .contains("Nothing was stored");
    assertThat(bed.strava().count("POST", "/oauth/token")).isZero();
    assertThat(ann()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read,activity:read_all",
        "read%20activity:read_all",
        "read%2Cactivity%3Aread_all"
      })
  void theScopeMayBeSeparatedByCommasOrSpaces(String scope) throws Exception {
    start();
    String code = bed.strava().authorize(ANN, "read,activity:read_all");

    assertThat(comeBack("state=" + state() + "&code=" + code + "&scope=" + scope).statusCode())
        .isEqualTo(200);
    assertThat(ann().orElseThrow().scope()).isEqualTo("activity:read_all,read");
  }

  @Test
  void theTokenAnswerKnowsTheScopeBetterThanTheRedirect() throws Exception {
    start();
    answerToCode(
        200,
        """
        {"access_token": "a", "refresh_token": "r", "expires_at": 4000000000,
         "scope": "read activity:read", "athlete": {"id": %s, "firstname": "Ann"}}"""
            .formatted(ID));

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(paragraph(page)).contains("The permission lacks activity:read_all");
    assertThat(ann().orElseThrow().mustReconnect().orElseThrow()).contains("activity:read_all");
  }

  @Test
  void withoutAScopeInTheTokenAnswerThatOfTheRedirectCounts() throws Exception {
    start();
    answerToCode(
        200,
        """
        {"access_token": "a", "refresh_token": "r", "expires_at": 4000000000,
         "athlete": {"id": %s}}"""
            .formatted(ID));

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(ann().orElseThrow().scope()).isEqualTo("activity:read_all,read");
    assertThat(ann().orElseThrow().mustReconnect()).isEmpty();
  }

  private void answerToCode(int status, String json) {
    bed.strava().arm("/oauth/token", Fault.status(status, json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Bad Request         | Application       | client_id     | invalid  | 502 | STRAVA_CLIENT_ID is 98765; find the Client ID
          400 | Bad Request         | Application       | client_secret | invalid  | 502 | STRAVA_CLIENT_SECRET must be the Client Secret from https://www.strava.com/settings/api
          400 | Bad Request         | RequestToken      | code          | invalid  | 400 | does not accept the code: it is valid once
          400 | Bad Request         | AuthorizationCode | code          | invalid  | 400 | does not accept the code: it is valid once
          401 | Authorization Error | Application       | ''            | invalid  | 502 | compare STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET
          403 | Forbidden           | Application       | Status        | Inactive | 502 | its owner needs a Strava subscription
          403 | Limit of connected athletes exceeded | '' | '' | ''             | 403 | raise the limit from 1 to 10
          403 | Forbidden           | Application       | limit         | exceeded | 403 | disconnect an athlete with ./fitroute disconnect
          429 | Rate Limit Exceeded | Application       | rate limit    | exceeded | 503 | It resets every quarter of an hour
          500 | error               | ''                | ''            | ''       | 502 | it answered 500 error
          """)
  void eachRefusalOfTheTokenServiceIsASentence(
      int status,
      String message,
      String resource,
      String field,
      String code,
      int shown,
      String sentence)
      throws Exception {
    start();
    answerToCode(
        status,
        "{\"message\":\"%s\",\"errors\":[{\"resource\":\"%s\",\"field\":\"%s\",\"code\":\"%s\"}]}"
            .formatted(message, resource, field, code));

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(shown);
    assertThat(paragraph(page)).contains(sentence).doesNotContain("Exception");
    assertThat(page.body())
        .contains("href=\"/connect\"")
        .doesNotContain(bed.strava().clientSecret());
    assertThat(ann()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"access_token\":\"a\"}"})
  void anAnswerThatCannotBeReadIsASentence(String body) throws Exception {
    start();
    answerToCode(200, body);

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(paragraph(page)).contains("its answer cannot be read");
  }

  @Test
  void theLimitOfAthletesIsToldByTheRealTokenService() throws Exception {
    bed = TestBed.prepare(folder, FakeStravaOptions.builder().athleteLimit(1).build()).start();
    bed.strava().addAthlete(8, "Bob", "Example");
    bed.strava().connect(8);

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(paragraph(page)).contains("connect another athlete");
  }

  @Test
  void aWrongSecretIsToldByTheRealTokenService() throws Exception {
    bed = TestBed.prepare(folder).set("strava.client-secret", "wrong").start();

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(paragraph(page)).contains("STRAVA_CLIENT_SECRET must be");
  }

  @Test
  void aBrokenConnectionToStravaIsASentence() throws Exception {
    start();
    bed.strava().arm("/oauth/token", new Fault.Drop());

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(paragraph(page))
        .startsWith("The request to Strava failed: the connection failed")
        .endsWith("Please try again later.");
  }

  @Test
  void aWayBackCountsOnce() throws Exception {
    start();
    String query = "state=" + state() + "&code=";
    comeBack(query + bed.strava().authorize(ANN, "read,activity:read_all"));

    HttpResponse<String> second =
        comeBack(query + bed.strava().authorize(ANN, "read,activity:read_all"));

    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(paragraph(second)).contains("valid once, for ten minutes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=abc",
        "state=&code=abc",
        "state=guessed&code=abc",
        "state=%3Cscript%3E&code=abc",
        "code=abc&error=access_denied"
      })
  void nobodyComesInWhoDidNotSetOutFromHere(String query) throws Exception {
    start();

    HttpResponse<String> page = comeBack(query);

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("only if you started here");
    assertThat(page.body()).doesNotContain("<script");
    assertThat(bed.strava().count("POST", "/oauth/token")).isZero();
  }

  @Test
  void aStateGivenTwiceCountsAsNone() throws Exception {
    start();
    String state = state();

    assertThat(comeBack("state=" + state + "&state=" + state + "&code=a").statusCode())
        .isEqualTo(400);
  }

  @Test
  void anErrorOfStravasIsShownWithoutItsMarkup() throws Exception {
    start();

    HttpResponse<String> page = comeBack("state=" + state() + "&error=%3Cb%3Eboom%0A");

    assertThat(paragraph(page)).contains("the error ?b?boom?");
  }

  @Test
  void withoutACodeThereIsNothingToExchange() throws Exception {
    start();

    assertThat(paragraph(comeBack("state=" + state()))).contains("sent no code");
  }

  @Test
  void withoutAnApplicationItSaysWhatToSet() throws Exception {
    bed = TestBed.prepare(folder).set("strava.client-secret", "").start();

    HttpResponse<String> page = bed.get("/connect");

    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(paragraph(page)).contains("STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET");
  }

  @Test
  void athletesAreAlsoReceivedAtAPathOfTheUsersOwn() throws Exception {
    bed =
        TestBed.prepare(folder)
            .set("strava.redirect-uri", "https://runs.example.org/auth/strava")
            .start();
    String code = bed.strava().authorize(ANN, "read,activity:read_all");

    assertThat(bed.get("/connect").headers().firstValue("Location").orElseThrow())
        .contains("redirect_uri=https%3A%2F%2Fruns.example.org%2Fauth%2Fstrava&");
    assertThat(bed.get("/auth/strava?state=" + state() + "&code=" + code).statusCode())
        .isEqualTo(200);
  }

  @Test
  void pagesAreNeitherKeptNorFollowedByTheirAddress() throws Exception {
    start();

    HttpResponse<String> page = comeBackWithCode();

    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
    assertThat(page.headers().map()).doesNotContainKeys("code", "state", "scope");
  }
}
