package io.fitroute.strava.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCredentialTest {

  private static SessionCredential of(String setting) {
    return new SessionCredential(Optional.ofNullable(setting));
  }

  private static String remembered(String claims) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "strava_remember_id=1; strava_remember_token=head." + encoded + ".signature";
  }

  @ParameterizedTest
  @CsvSource({
    "abc123==, _strava4_session=abc123==",
    "'  abc123 ', _strava4_session=abc123",
    "_strava4_session=abc, _strava4_session=abc",
    "strava_remember_id=1; strava_remember_token=t, strava_remember_id=1; strava_remember_token=t"
  })
  void isACookie(String setting, String cookie) {
    assertThat(of(setting).cookie()).contains(cookie);
    assertThat(of(setting)).hasToString("session cookie");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void mayBeMissing(String setting) {
    assertThat(of(setting).cookie()).isEmpty();
    assertThat(of(setting).fingerprint()).isEmpty();
    assertThat(of(setting).endsAt()).isEmpty();
    assertThat(of(setting)).hasToString("access token");
  }

  @Test
  void hasAFingerprintThatTellsNothing() {
    assertThat(of("abc").fingerprint())
        .isEqualTo(of("_strava4_session=abc").fingerprint())
        .isNotEqualTo(of("abd").fingerprint())
        .get()
        .asString()
        .matches("[0-9a-f]{16}");
  }

  @Test
  void aRememberedLoginTellsItsEnd() {
    assertThat(of(remembered("{\"exp\":1795154460}")).endsAt())
        .contains(Instant.ofEpochSecond(1795154460));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"exp\":0}", "{\"exp\":-1}", "{\"exp\":9223372036854775807}", "no json"})
  void anEndThatMakesNoSenseIsNone(String claims) {
    assertThat(of(remembered(claims)).endsAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "strava_remember_token=one",
        "strava_remember_token=one.two",
        "strava_remember_token=one.%%%.three"
      })
  void anOrdinarySessionDoesNotTellItsEnd(String setting) {
    assertThat(of(setting).endsAt()).isEmpty();
  }
}
