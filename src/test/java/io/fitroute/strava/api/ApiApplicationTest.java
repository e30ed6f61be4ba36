package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiApplicationTest {
  private static final ApiApplication NONE = new ApiApplication(Optional.empty(), Optional.empty());

  private final ApiApplication application =
      new ApiApplication(Optional.of("12"), Optional.of("s&cret"));

  @Test
  void showsStravaWhoItIs() {
    assertThat(application.identity()).isEqualTo("client_id=12&client_secret=s%26cret");
    assertThat(application.basic()).isEqualTo("Basic MTI6cyZjcmV0");
    assertThat(application.refreshForm("r/1"))
        .isEqualTo(application.identity() + "&grant_type=refresh_token&refresh_token=r%2F1");
    assertThat(application.codeForm("c/1"))
        .isEqualTo(application.identity() + "&grant_type=authorization_code&code=c%2F1");
    assertThat(
            application.consentQuery(
                URI.create("http://localhost:8080/callback"), Scope.of("read,activity:read"), "x="))
        .isEqualTo(
            "client_id=12&response_type=code&approval_prompt=auto"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback"
                + "&scope=activity%3Aread%2Cread&state=x%3D");
  }

  @Test
  void isCompleteWithBothOfItsParts() {
    assertThat(application.isComplete()).isTrue();
    assertThat(new ApiApplication(Optional.of("12"), Optional.empty()).isComplete()).isFalse();
    assertThat(new ApiApplication(Optional.empty(), Optional.of("s")).isComplete()).isFalse();
    assertThat(NONE.identity()).isEqualTo("client_id=&client_secret=");
    assertThat(NONE.basic()).isEqualTo("Basic Og==");
  }

  @Test
  void keepsItsSecretToItself() {
    assertThat(application).hasToString("application 12");
    assertThat(NONE).hasToString("application (none)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Application  | client_id     | invalid  | STRAVA_CLIENT_ID is 12
          400 | Application  | client_secret | invalid  | STRAVA_CLIENT_SECRET must be
          403 | Application  | Status        | Inactive | Strava has deactivated the application
          401 | Application  | ''            | invalid  | compare STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET
          429 | Application  | rate limit    | exceeded | rate limit is reached
          403 | Application  | ''            | invalid  | ''
          401 | Athlete      | access_token  | invalid  | ''
          401 | Application  | x             | missing  | ''
          400 | RefreshToken | client_id     | invalid  | ''
          """)
  void knowsWhatStravaHasAgainstIt(
      int status, String resource, String field, String code, String sentence) {
    ApiError fault =
        ApiError.of(
            "{\"errors\":[{\"resource\":\"%s\",\"field\":\"%s\",\"code\":\"%s\"}]}"
                .formatted(resource, field, code));

    assertThat(application.refusal(status, fault).orElse("")).contains(sentence);
    assertThat(application.refusal(status, fault).isPresent()).isEqualTo(!sentence.isEmpty());
  }

  @Test
  void aFaultIsToldInAFewPrintableWords() {
    assertThat(
            ApiError.of(
                    "{\"message\":\"a\\u0007b\",\"errors\":[{\"resource\":\"R\",\"field\":\"f\",\"code\":\"c\"},{}]}")
                .describe())
        .isEqualTo("a b: R f c");
    String longest = "x".repeat(200);
    assertThat(ApiError.of("{\"message\":\"" + longest + "\"}").describe()).isEqualTo(longest);
    assertThat(ApiError.of("{\"message\":\"" + longest + "y\"}").describe())
        .isEqualTo(longest + "...");
    assertThat(ApiError.of("no json").describe()).isEqualTo("(no reason given)");
    assertThat(ApiError.of("").describe()).isEqualTo("(no reason given)");
  }
}
