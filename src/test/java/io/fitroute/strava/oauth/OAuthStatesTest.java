package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class OAuthStatesTest {

  @Parameter private Database database;

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private OAuthStates after(Duration time) {
    return new OAuthStates(
        ledger, SystemServices.with(Clock.fixed(NOW.plus(time), ZoneOffset.UTC)));
  }

  @Test
  void oneCountsOnce() {
    OAuthStates oauthStates = after(Duration.ZERO);
    String state = oauthStates.make();

    assertThat(state).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(oauthStates.make());
    assertThat(oauthStates.take(state)).isTrue();
    assertThat(oauthStates.take(state)).isFalse();
    assertThat(oauthStates.take("")).isFalse();
  }

  @Test
  void oneCountsForTenMinutes() {
    String early = after(Duration.ZERO).make();
    String late = after(Duration.ZERO).make();

    assertThat(after(Duration.ofSeconds(599)).take(early)).isTrue();
    assertThat(after(Duration.ofSeconds(600)).take(late)).isFalse();
  }

  @Test
  void itsEndIsToldToWhoeverKnowsTheState() {
    OAuthStates oauthStates = after(Duration.ZERO);
    String good = oauthStates.make();
    String bad = oauthStates.make();
    assertThat(oauthStates.endOf(good)).isEmpty();

    oauthStates.connected(good, "7");
    oauthStates.refused(bad, "no");

    assertThat(oauthStates.endOf(good))
        .contains(new OAuthStates.End(Optional.of("7"), Optional.empty()));
    assertThat(oauthStates.endOf(bad))
        .contains(new OAuthStates.End(Optional.empty(), Optional.of("no")));
  }

  @Test
  void theLedgerDoesNotHoldTheState() {
    String state = after(Duration.ZERO).make();

    assertThat(ledger.read().sql("select state_hash from oauth_state").query(String.class).single())
        .hasSize(64)
        .doesNotContain(state);
  }

  @Test
  void whoOnlyAsksFillsNeitherTheLedgerNorTheDayForOthers() {
    OAuthStates now = after(Duration.ZERO);
    for (int i = 0; i < 1000; i++) {
      now.make();
    }
    assertThatThrownBy(now::make)
        .isInstanceOf(ConnectRefused.class)
        .hasMessageContaining("try again in 10 minutes");

    assertThat(after(Duration.ofMinutes(10)).make()).isNotEmpty();
    after(Duration.ofMinutes(71)).make();
    assertThat(ledger.read().sql("select count(*) from oauth_state").query(Long.class).single())
        .isEqualTo(2);
  }
}
