package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.oauth.AthleteConnector;
import io.fitroute.strava.oauth.ConnectRefused;
import io.fitroute.strava.oauth.OAuthStates;
import io.fitroute.strava.oauth.RefreshRefused;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenResponses;
import io.fitroute.strava.oauth.Vaults;
import io.fitroute.system.SystemServices;
import java.io.ByteArrayInputStream;
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

/** Every known refusal of Strava, with the message for the user. */
class RefusalsTest {

  private static final String ANN = "4455667";

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private Notices notices;
  private ApiResponses answers;

  @BeforeEach
  void connect() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "");
    notices = new Notices(ledger, Announcements.none(), clock);
    Athletes athletes = new Athletes(ledger, clock);
    Vaults.tokens(ledger, folder, clock)
        .connect(
            ANN,
            "Ann",
            new TokenGrant("access-token", "refresh-token", Instant.now(), Optional.of("read")));
    answers =
        new ApiResponses(
            new Budget(ledger, new Cooldowns(ledger, clock), 20, clock), athletes, notices);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static String body(String message, String resource, String field, String code) {
    return "{\"message\":\"%s\",\"errors\":[{\"resource\":\"%s\",\"field\":\"%s\",\"code\":\"%s\"}]}"
        .formatted(message, resource, field, code);
  }

  private Throwable refusalOfApi(int status, String body) {
    return catchThrowable(
        () -> {
          byte[] received =
              answers.receive(
                  status,
                  Map.of(),
                  clock.instant(),
                  "activities/1",
                  new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
          answers.read(status, received, ANN, null);
        });
  }

  private static Throwable refusalOfRefresh(int status, String body) {
    return catchThrowable(() -> new TokenResponses().read(status, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Authorization Error | Athlete     | access_token | invalid | Strava refuses the access token
          401 | Authorization Error | Application | ''           | invalid | Strava refuses the access token: Authorization Error: Application
          401 | Authorization Error | AccessToken | activity:read_permission | missing | must reconnect: the scope that was granted is too narrow
          401 | Authorization Error | AccessToken | activity:write_permission | missing | the permission activity:write was not granted
          403 | Forbidden           | Application | Status       | Inactive | its owner needs a Strava subscription
          403 | Forbidden           | ''          | ''           | ''      | Strava forbids it: Forbidden
          404 | Record Not Found    | Activity    | id           | invalid | Strava does not have it, or does not show it
          429 | Rate Limit Exceeded | Application | rate limit   | exceeded | the API budget is used up until
          500 | error               | ''          | ''           | ''      | Strava answered 500 error
          """)
  void aRefusalOfTheApiIsASentence(
      int status, String message, String resource, String field, String code, String sentence) {
    Throwable refusal = refusalOfApi(status, body(message, resource, field, code));

    assertThat(refusal).hasMessageContaining(sentence);
    assertThat(refusal.getMessage()).doesNotContain("Exception", "{", "access-token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      textBlock =
          """
          <html>Sorry, you have been blocked</html>  | StravaRefusal     | Strava forbids it: (no reason given)
          ''                                         | StravaRefusal     | Strava forbids it: (no reason given)
          {"message":"Forbidden","errors":[]}        | StravaRefusal     | Strava forbids it: Forbidden
          {"message":"Forbidden","errors":[{}]}      | StravaRefusal     | Strava forbids it: Forbidden
          {"errors":[{"code":"x"}]}  | StravaRefusal     | Strava forbids it: x
          {"errors":[{"resource":"Application","field":"limit","code":"exceeded"}]} | StravaRefusal | Strava forbids it: Application limit exceeded
          {"errors":[{"resource":"Application","field":"Rate Limit","code":"exceeded"}]} | RateLimitExceeded | the API budget is used up until
          {"errors":[{"resource":"Application","field":"Status","code":"Inactive"}]} | ApplicationInactive | Strava says that the API application is inactive
          {"message":"No","errors":[{"resource":"Activity","field":"id","code":"invalid"}]} | PermanentRefusal | Strava forbids it: No: Activity id invalid
          """)
  void onlyAFaultThatNamesWhatWasAskedForIsFinal(String body, String kind, String sentence) {
    Throwable refusal = refusalOfApi(403, body);

    assertThat(refusal).hasMessageStartingWith(sentence);
    assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 418, 500, 502})
  void aRefusalWithoutAReasonSaysSo(int status) {
    for (String body : new String[] {"", "{}", "<html>", "{\"message\":\"\\u0007\"}"}) {
      assertThat(refusalOfApi(status, body)).hasMessageEndingWith("(no reason given)");
      assertThat(refusalOfRefresh(status, body)).hasMessageEndingWith("(no reason given)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"Resource Not Found\",\"errors\":[]}",
        "{\"message\":\"Record Not Found\",\"errors\":\"not an array\"}",
        ""
      })
  void whatIsNotThereIsSaidWhateverTheBody(String body) {
    assertThat(refusalOfApi(404, body))
        .isInstanceOf(NotAvailable.class)
        .hasMessage("Strava does not have it, or does not show it to this athlete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Bad Request | Application  | client_id     | invalid | check strava.client-id
          400 | Bad Request | Application  | client_secret | invalid | check strava.client-secret
          400 | Bad Request | RefreshToken | refresh_token | invalid | Strava no longer accepts the refresh token
          403 | Forbidden   | Application  | Status        | Inactive | answered 403 Forbidden: Application Status Inactive
          429 | Rate Limit Exceeded | Application | rate limit | exceeded | answered 429 Rate Limit Exceeded
          500 | error       | ''           | ''            | ''      | Strava's token service answered 500 error
          """)
  void aRefusalToRefreshIsASentence(
      int status, String message, String resource, String field, String code, String sentence) {
    Throwable refusal = refusalOfRefresh(status, body(message, resource, field, code));

    assertThat(refusal).hasMessageContaining(sentence);
    assertThat(refusal instanceof RefreshRefused).isEqualTo(resource.equals("RefreshToken"));
  }

  @Test
  void anInactiveApplicationIsNoticedUntilStravaAnswersAgain() {
    refusalOfApi(403, body("Forbidden", "Application", "Status", "Inactive"));
    assertThat(notices.all())
        .singleElement()
        .satisfies(
            notice -> assertThat(notice.detail()).contains("https://www.strava.com/settings/api"));

    assertThat(refusalOfApi(200, "{\"id\":1}")).isNull();
    assertThat(notices.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          access_denied | '' | ''                   | You denied access at Strava
          boom          | '' | ''                   | Strava reports the error boom
          ''            | '' | read                 | Strava sent no code
          ''            | c  | read                 | leave "View data about your private activities" ticked
          ''            | c  | read activity:read   | The permission lacks activity:read_all
          """)
  void whatTheConsentPageSendsBackIsASentence(
      String error, String code, String scope, String sentence) {
    AthleteConnector athleteConnector =
        new AthleteConnector(
            new ApiApplication(Optional.of("1"), Optional.of("s")),
            new AthleteConnector.Consent(
                java.net.URI.create("http://localhost/oauth"),
                java.net.URI.create("http://localhost/callback"),
                Scope.of("read,activity:read_all")),
            new OAuthStates(ledger, SystemServices.with(clock)),
            new Athletes(ledger, clock),
            null);

    assertThat(catchThrowable(() -> athleteConnector.codeOf(error, code, scope)))
        .isInstanceOf(ConnectRefused.class)
        .hasMessageContaining(sentence);
  }
}
