package io.fitroute.strava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Ledger;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one ledger that refresh the same tokens at the same moment. */
class TokensOfTwoProcessesTest {

  private static final String ANN = "4455667";

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private Athletes athletes;
  private Vault vault;
  private TokenStore store;

  @BeforeEach
  void connect() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "");
    athletes = new Athletes(ledger, clock);
    vault =
        Vault.open(
            ledger, KeyRing.of(Optional.empty(), Optional.empty(), folder.resolve("key")), clock);
    store = new TokenStore(ledger, vault, clock);
    store.connect(ANN, "Ann", grant("first", clock.instant()));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static TokenGrant grant(String name, Instant end) {
    return new TokenGrant(name + "-access", name + "-refresh", end, Optional.of("read"));
  }

  private Tokens refreshing(TokenEndpoint endpoint) {
    return new Tokens(
        athletes, store, new TokenSeeds(ledger, store, vault, endpoint, clock), endpoint, clock);
  }

  @Test
  void theSlowerOneTakesWhatTheQuickerOneIsAboutToStore() {
    TokenGrant second = grant("second", clock.instant().plusSeconds(3600));
    Tokens tokens =
        refreshing(
            refreshToken -> {
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                  .execute(() -> store.renew(ANN, second));
              throw new RefreshRefused("the other one was quicker");
            });

    assertThat(tokens.accessToken(ANN)).isEqualTo("second-access");
    assertThat(athletes.find(ANN).orElseThrow().mustReconnect()).isEmpty();
  }

  @Test
  void ifNobodyStoresAnythingTheAthleteHasToReconnect() {
    Tokens tokens =
        refreshing(
            refreshToken -> {
              throw new RefreshRefused("Strava no longer accepts the refresh token");
            });

    assertThatThrownBy(() -> tokens.accessToken(ANN)).isInstanceOf(MustReconnect.class);
    assertThat(athletes.find(ANN).orElseThrow().mustReconnect())
        .hasValue("Strava no longer accepts the refresh token");
  }
}
