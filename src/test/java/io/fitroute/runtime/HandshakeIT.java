package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strava's check of the callback when a subscription is created. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandshakeIT {

  private static final String EXPECTED =
      "hub.mode=subscribe&hub.verify_token=" + TestBed.VERIFY_TOKEN;

  private TestBed bed;

  @BeforeAll
  void start(@TempDir Path folder) {
    bed = TestBed.prepare(folder).start();
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  @Test
  void theChallengeIsSentBack() throws Exception {
    assertJson(ask(EXPECTED + "&hub.challenge=C"), 200, "{\"hub.challenge\":\"C\"}");
  }

  @Test
  void theOrderOfTheParametersAndOthersAmongThemDoNotMatter() throws Exception {
    assertJson(
        ask(
            "x=1&hub.challenge=9f3c1e77a0b24d55&hub.verify_token=word%2Dof%2Dthe%2Dtest"
                + "&hub.mode=subscribe&x=2"),
        200,
        "{\"hub.challenge\":\"9f3c1e77a0b24d55\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"}{\"hub.challenge\":\"x",
        "\\",
        "Grüße 走 🏃",
        "${header.hub.verify_token}",
        "{{strava.verify-token}}",
        "${bean:apiApplication?method=identity}",
        "a\r\nSet-Cookie: b=c",
        "<script>alert(1)</script>",
        "tab\tnull\0",
        "+ &=#%"
      })
  void aChallengeOfOddCharactersComesBackAsItWas(String challenge) throws Exception {
    HttpResponse<String> answer = ask(EXPECTED + "&hub.challenge=" + encoded(challenge));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = new ObjectMapper().readTree(answer.body());
    assertThat(body)
        .isEqualTo(new ObjectMapper().createObjectNode().put("hub.challenge", challenge));
    HttpAnswers.assertNothingEchoed(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub.mode=subscribe&hub.challenge=C",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=word",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-tesT",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-test%00",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-test%20",
        "hub.mode=subscribe&hub.challenge=C&hub.verify_token=*",
        "hub.verify_token=word-of-the-test&hub.challenge=C",
        "hub.verify_token=word-of-the-test&hub.challenge=C&hub.mode=",
        "hub.verify_token=word-of-the-test&hub.challenge=C&hub.mode=Subscribe",
        "hub.verify_token=word-of-the-test&hub.challenge=C&hub.mode=unsubscribe",
        ""
      })
  void aWrongOrMissingTokenOrModeIsForbidden(String query) throws Exception {
    String detail = assertProblem(ask(query), 403);

    assertThat(detail)
        .contains("hub.mode", "hub.verify_token")
        .doesNotContain(TestBed.VERIFY_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&hub.challenge", "&hub.challenge="})
  void withoutAChallengeItIsABadRequest(String challenge) throws Exception {
    assertThat(assertProblem(ask(EXPECTED + challenge), 400)).contains("hub.challenge");
  }

  @Test
  void whatIsGivenTwiceCountsAsWrong() throws Exception {
    String challenge = "&hub.challenge=C";
    assertProblem(ask(EXPECTED + challenge + "&hub.verify_token=" + TestBed.VERIFY_TOKEN), 403);
    assertProblem(ask(EXPECTED + challenge + "&hub.verify_token=other"), 403);
    assertProblem(ask("hub.verify_token=other&" + EXPECTED + challenge), 403);
    assertProblem(ask(EXPECTED + challenge + "&hub.mode=subscribe"), 403);
    assertProblem(ask(EXPECTED + challenge + challenge), 400);
  }

  @Test
  void onlyTheQueryCountsNotTheHeadersOrABody() throws Exception {
    HttpRequest.Builder inHeaders =
        HttpRequest.newBuilder(bed.url("/webhook"))
            .header("hub.mode", "subscribe")
            .header("hub.verify_token", TestBed.VERIFY_TOKEN)
            .header("hub.challenge", "C");
    HttpRequest.Builder inForm =
        HttpRequest.newBuilder(bed.url("/webhook"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method("GET", HttpRequest.BodyPublishers.ofString(EXPECTED + "&hub.challenge=C"));

    assertProblem(bed.send(inHeaders), 403);
    assertProblem(bed.send(inForm), 403);
    assertProblem(
        bed.send(
            HttpRequest.newBuilder(bed.url("/webhook?" + EXPECTED)).header("hub.challenge", "C")),
        400);
  }

  @Test
  void aHeaderOfTheSameNameDoesNotSpoilTheQuery() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bed.url("/webhook?" + EXPECTED + "&hub.challenge=C"))
            .header("hub.mode", "x")
            .header("hub.challenge", "y");

    assertJson(bed.send(request), 200, "{\"hub.challenge\":\"C\"}");
  }

  @Test
  void aQueryThatCannotBeDecodedIsABadRequest() throws Exception {
    String answer =
        RawHttp.send(
            bed.service().webhookPort(),
            "GET /webhook?"
                + EXPECTED
                + "&hub.challenge=%zz HTTP/1.1\nHost: x\nConnection: close\n\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
  }

  @Test
  void neitherTheExpectedNorAGivenTokenIsEverShown() throws Exception {
    try (LogLines log = new LogLines()) {
      String answers =
          ask("hub.mode=subscribe&hub.verify_token=guessed-word&hub.challenge=C").body()
              + ask(EXPECTED).body()
              + ask(EXPECTED + "&hub.challenge=C").body()
              + ask(EXPECTED + "&hub.verify_token=guessed-word&hub.challenge=C").body();

      assertThat(answers).doesNotContain("guessed-word", TestBed.VERIFY_TOKEN);
      assertThat(String.join("\n", log.all())).doesNotContain("guessed-word", TestBed.VERIFY_TOKEN);
    }
  }

  private HttpResponse<String> ask(String query) throws Exception {
    return bed.get("/webhook?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
