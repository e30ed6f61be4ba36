package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes.Athlete;
import io.fitroute.strava.oauth.ConfiguredTokens;
import io.fitroute.strava.oauth.RefreshRefused;
import io.fitroute.strava.oauth.TokenEndpoint;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenRefreshLocks;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.strava.oauth.Vaults;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger records of connected athletes. */
class ConnectedAthletesTest {

  private static final Instant END = Instant.parse("2026-11-20T18:00:00Z");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Athletes athletes;
  private TokenStore store;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    athletes = new Athletes(ledger, clock);
    store = Vaults.tokens(ledger, folder, clock);
    store.connect("22", "Bob", grant());
    store.connect("11", "Ann Lee", grant());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static TokenGrant grant() {
    return new TokenGrant("access", "refresh", END, Optional.of("read"));
  }

  private Athlete ann() {
    return athletes.find("11").orElseThrow();
  }

  @Test
  void anAthleteIsKnownByWhatCameWithTheTokens() {
    assertThat(ann())
        .isEqualTo(new Athlete("11", "Ann Lee", END, "read", Optional.empty(), false, 1));
    assertThat(athletes.find("33")).isEmpty();
    assertThat(athletes.all()).extracting(Athlete::id).containsExactly("11", "22");
  }

  @Test
  void namesStayOutOfLogs() {
    assertThat(ann()).hasToString("athlete 11");
    assertThat(store.find("11").orElseThrow()).hasToString("StoredTokens[expiresAt=" + END + "]");
  }

  @Test
  void eachChangeOfTokensBeginsAGeneration() {
    store.renew("11", grant());
    assertThat(ann().generation()).isEqualTo(2);
    assertThat(store.find("11").orElseThrow().generation()).isEqualTo(2);

    store.connect("11", "Ann Lee", grant());
    assertThat(ann().generation()).isEqualTo(3);
    assertThat(athletes.find("22").orElseThrow().generation()).isOne();
  }

  @Test
  void aPauseLastsUntilItIsEnded() {
    AtomicInteger news = new AtomicInteger();
    ledger.onAnnouncement(news::incrementAndGet);

    assertThat(athletes.isPaused("11")).isFalse();
    assertThat(athletes.pause("11", true)).isZero();
    assertThat(athletes.isPaused("11")).isTrue();
    assertThat(ann().paused()).isTrue();
    assertThat(news).hasValue(1);

    assertThat(athletes.pause("11", false)).isZero();
    assertThat(athletes.isPaused("11")).isFalse();
    assertThat(ann().paused()).isFalse();
    assertThat(news).as("workers hear of it").hasValue(2);
  }

  @Test
  void workersHearOfNewTokens() {
    AtomicInteger news = new AtomicInteger();
    ledger.onAnnouncement(news::incrementAndGet);

    store.connect("11", "Ann Lee", grant());

    assertThat(news).hasValue(1);
  }

  @Test
  void newTokensEndTheNeedToReconnect() {
    athletes.markMustReconnect(ann(), "refused");
    assertThat(ann().mustReconnect()).contains("refused");

    store.connect("11", "Ann Lee", grant());
    assertThat(ann().mustReconnect()).isEmpty();
  }

  @Test
  void theRefusalOfTheTokensGivenLastIsTold() {
    assertThat(athletes.refusalOfGivenTokens()).isEmpty();

    Vault vault = Vaults.open(ledger, folder, clock);
    TokenRefreshLocks tokenRefreshLocks =
        new TokenRefreshLocks(ledger, Duration.ofMinutes(1), SystemServices.with(clock));
    TokenEndpoint dead =
        refreshToken -> {
          throw new RefreshRefused("dead");
        };
    ConfiguredTokens seeds =
        new ConfiguredTokens(ledger, store, vault, tokenRefreshLocks, dead, clock);
    seeds.store(Optional.empty(), Optional.of("first"));
    assertThat(athletes.refusalOfGivenTokens()).isEmpty();
    String first = seeds.unknown().get(0);
    assertThatThrownBy(() -> seeds.accessToken(first))
        .isInstanceOf(RefreshRefused.class)
        .hasMessage("the configured refresh token is no longer valid");
    assertThat(athletes.refusalOfGivenTokens())
        .contains("the configured refresh token is no longer valid");
    assertThat(seeds.refusal()).contains("the configured refresh token is no longer valid");
    assertThat(seeds.unknown()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    seeds.store(Optional.empty(), Optional.of("second"));
    assertThat(athletes.refusalOfGivenTokens()).isEmpty();
    assertThat(seeds.refusal()).isEmpty();
  }
}
