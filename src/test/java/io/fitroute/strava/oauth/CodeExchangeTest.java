package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fitroute.strava.api.ApiApplication;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strava's responses to an authorization code. */
class CodeExchangeTest {
  private static final String TOKENS =
      "\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_at\":1795154460";

  private final CodeExchange answers =
      new CodeExchange(new ApiApplication(Optional.of("12"), Optional.of("secret")));

  @Test
  void readsWhoConnected() {
    NewConnection connection =
        answers.read(
            200,
            "{"
                + TOKENS
                + ",\"scope\":\"read\",\"athlete\":{\"id\":4455667,\"firstname\":\"Ann\",\"lastname\":\"Lee\"}}");

    assertThat(connection.athleteId()).isEqualTo("4455667");
    assertThat(connection.name()).isEqualTo("Ann Lee");
    assertThat(connection.grant())
        .isEqualTo(
            new TokenGrant("a", "r", Instant.ofEpochSecond(1795154460), Optional.of("read")));
    assertThat(connection.grant().toString()).doesNotContain("access", "a,", "r,");
  }

  @Test
  void aNameMayBeMissing() {
    NewConnection connection = answers.read(200, "{" + TOKENS + ",\"athlete\":{\"id\":4455667}}");

    assertThat(connection.name()).isEmpty();
    assertThat(connection.grant().scope()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "{\"athlete\":{\"id\":1}}",
        "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_at\":0,\"athlete\":{\"id\":1}}",
        "{\"access_token\":\"\",\"refresh_token\":\"r\",\"expires_at\":9,\"athlete\":{\"id\":1}}",
        "{\"access_token\":\"a\",\"refresh_token\":\"\",\"expires_at\":9,\"athlete\":{\"id\":1}}",
        "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_at\":9,\"athlete\":{\"id\":0}}",
        "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_at\":9}"
      })
  void anIncompleteAnswerConnectsNobody(String body) {
    ConnectRefused refusal =
        catchThrowableOfType(ConnectRefused.class, () -> answers.read(200, body));

    assertThat(refusal.status()).isEqualTo(502);
    assertThat(refusal).hasMessageContaining("its answer cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"message":"Bad Request","errors":[{"resource":"AuthorizationCode","field":"code","code":"invalid"}]} | 400 | Strava does not accept the code
          400 | {"message":"Bad Request","errors":[{"resource":"AuthorizationCode","field":"code","code":"missing"}]} | 502 | it answered 400 Bad Request: AuthorizationCode code missing. Please try again later
          403 | {"message":"Forbidden","errors":[{"resource":"Application","field":"limit","code":"exceeded"}]}       | 403 | connect another athlete
          403 | {"message":"Limit of connected athletes exceeded"} | 403 | connect another athlete
          400 | {"message":"Limit of connected athletes exceeded"} | 502 | it answered 400 Limit of connected athletes exceeded
          403 | {"message":"Forbidden"}                            | 502 | it answered 403 Forbidden
          401 | {"message":"x","errors":[{"resource":"Application","field":"client_secret","code":"invalid"}]} | 502 | STRAVA_CLIENT_SECRET must be
          429 | {"message":"slow down"}                            | 503 | rate limit is reached
          500 | ''                                                 | 502 | it answered 500
          """)
  void saysWhyNobodyIsConnected(int status, String body, int toBrowser, String sentence) {
    ConnectRefused refusal =
        catchThrowableOfType(ConnectRefused.class, () -> answers.read(status, body));

    assertThat(refusal).hasMessageContaining(sentence);
    assertThat(refusal.status()).isEqualTo(toBrowser);
  }
}
