package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.StravaRefusal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an athlete's tokens are revoked. */
class RevocationsTest {
  private final ApiApplication application =
      new ApiApplication(Optional.of("12"), Optional.of("secret"));
  private final Revocations revocations = new Revocations(application, null);

  @Test
  void namesTheTokenThatEndsThemAll(@TempDir Path folder) {
    Clock clock = Clock.systemUTC();
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      TokenStore store = Vaults.tokens(ledger, folder, clock);
      store.connect("1", "", new TokenGrant("a/1", "r/1", Instant.now(), Optional.empty()));
      store.connect("2", "", new TokenGrant("a/2", "", Instant.now(), Optional.empty()));
      Revocations ofStore = new Revocations(application, store);

      assertThat(ofStore.form("1")).isEqualTo("token_type_hint=refresh_token&token=r%2F1");
      assertThat(ofStore.form("2")).isEqualTo("token_type_hint=access_token&token=a%2F2");
      assertThatThrownBy(() -> ofStore.form("3")).isInstanceOf(UnknownAthlete.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "299, false",
    "300, true",
    "404, true",
    "429, false",
    "499, true",
    "500, false"
  })
  void theOlderWayIsTakenWhereTheNewerOneIsNotToBeHad(int status, boolean notToBeHad) {
    assertThat(revocations.isUnavailable(status)).isEqualTo(notToBeHad);
  }

  @Test
  void tellsWhetherStravaStillKnewTheTokens() {
    assertThat(revocations.read(200, null)).isTrue();
    assertThat(revocations.read(299, "")).isTrue();
    assertThat(revocations.read(401, "{\"message\":\"Authorization Error\"}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 300, 400, 403, 500})
  void whatStravaDidNotDoIsSaid(int status) {
    assertThatThrownBy(() -> revocations.read(status, "{\"message\":\"oops\"}"))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("Strava did not revoke the tokens: it answered " + status + " oops");
  }

  @Test
  void anApplicationThatStravaDoesNotAcceptRevokesNothing() {
    String body =
        "{\"message\":\"x\",\"errors\":"
            + "[{\"resource\":\"Application\",\"field\":\"\",\"code\":\"invalid\"}]}";
    assertThatThrownBy(() -> revocations.read(401, body))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("Strava does not accept the application");
  }
}
