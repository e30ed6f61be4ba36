package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenResponses;
import io.fitroute.strava.oauth.Vaults;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving responses of the API; {@link RefusalsTest} covers refusals. */
class ApiResponsesTest {
  private static final String ANN = "4455667";
  private static final int LARGEST = 16 * 1024 * 1024;

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private Athletes athletes;
  private ApiResponses answers;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    athletes = new Athletes(ledger, clock);
    Budget budget = new Budget(ledger, new Cooldowns(ledger, clock), 20, clock);
    answers = new ApiResponses(budget, athletes, new Notices(ledger, Announcements.none(), clock));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] receive(String resource, InputStream body) throws Exception {
    return answers.receive(200, Map.of(), clock.instant(), resource, body);
  }

  @ParameterizedTest
  @CsvSource({"activities/1/streams?keys=time, 16777216", "activities/1, 4194304"})
  void takesInWhatStravaMaySend(String resource, int largest) throws Exception {
    assertThat(receive(resource, new ByteArrayInputStream(new byte[largest]))).hasSize(largest);
    assertThatThrownBy(() -> receive(resource, new ByteArrayInputStream(new byte[largest + 1])))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("Strava's response is larger than " + largest + " bytes");
    assertThat(receive(resource, null)).isEmpty();
  }

  @Test
  void anAnswerThatIsMeantToBeShortIsNotReadToItsEndless() throws Exception {
    byte[] longest = new byte[64 * 1024];
    assertThat(answers.shortText(new ByteArrayInputStream(longest))).hasSize(longest.length);
    assertThat(answers.shortText(null)).isEmpty();
    assertThatThrownBy(
            () -> answers.shortText(new ByteArrayInputStream(new byte[longest.length + 1])))
        .isInstanceOf(StravaRefusal.class);
  }

  @Test
  void anAnswerOfMoreValuesThanAnActivityHasIsRefusedBeforeTheyAreKept() {
    byte[] body = bytes("[99" + ",99".repeat(1_000_000) + "]");

    assertThatThrownBy(() -> answers.read(200, body, ANN, null))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("Strava's response contains more than an activity can");
    assertThatThrownBy(() -> answers.good(403, body, ANN, null))
        .hasMessage("Strava forbids it: (no reason given)");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void letsGoodAnswersPass(int status) {
    byte[] body = bytes("[1]");

    assertThat(answers.good(status, body, ANN, null)).isSameAs(body);
    assertThat(answers.read(status, body, ANN, null).get(0).asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "{}", "[]"})
  void anAnswerThatHoldsNothingIsEmpty(String body) {
    assertThatThrownBy(() -> answers.read(200, bytes(body), ANN, null))
        .isInstanceOf(EmptyResponse.class);
  }

  @Test
  void anAnswerThatIsNotJsonIsRefused() {
    assertThatThrownBy(() -> answers.read(200, bytes("<html>"), ANN, null))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("Strava's response is not JSON");
  }

  @ParameterizedTest
  @CsvSource({"401, invalid, true", "401, missing, false", "403, invalid, false"})
  void anotherTokenHelpsOnlyWhereThisOneIsRefused(int status, String code, boolean refused) {
    byte[] body =
        bytes(
            "{\"errors\":[{\"resource\":\"AccessToken\",\"field\":\"x\",\"code\":\""
                + code
                + "\"}]}");

    assertThat(answers.isTokenRefused(status, body)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "500, error, 2, true",
    "500, error, 1, false",
    "500, another, 2, false",
    "502, error, 2, false"
  })
  void theSameErrorAgainAndAgainIsForGood(
      int status, String message, int failures, boolean forGood) {
    byte[] body = bytes("{\"message\":\"" + message + "\"}");

    Throwable refusal =
        catchThrowable(() -> answers.good(status, body, ANN, ActivityEvent.createFailed(failures)));

    assertThat(refusal).isInstanceOf(forGood ? PermanentRefusal.class : StravaRefusal.class);
    assertThat(catchThrowable(() -> answers.good(status, body, ANN, null)))
        .isInstanceOf(StravaRefusal.class);
  }

  @Test
  void aScopeThatIsTooNarrowIsForTheAthleteToWiden() {
    Vaults.tokens(ledger, folder, clock)
        .connect(
            ANN, "Ann", new TokenGrant("access", "refresh", Instant.now(), Optional.of("read")));
    byte[] body =
        bytes(
            "{\"message\":\"No\",\"errors\":[{\"resource\":\"AccessToken\",\"field\":\"scope\",\"code\":\"missing\"}]}");

    assertThatThrownBy(() -> answers.good(401, body, ANN, null)).isInstanceOf(MustReconnect.class);

    assertThat(athletes.find(ANN).orElseThrow().mustReconnect())
        .contains("the scope that was granted is too narrow (No: AccessToken scope missing)");
  }

  @Test
  void whatTheTokenServiceSaysIsNotRepeatedWhereItIsNoJson() {
    TokenResponses tokens = new TokenResponses();

    assertThatThrownBy(() -> tokens.read(200, "<html>"))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("the response of Strava's token service is not JSON");
    assertThatThrownBy(() -> tokens.read(503, ""))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("answered 503");
  }
}
