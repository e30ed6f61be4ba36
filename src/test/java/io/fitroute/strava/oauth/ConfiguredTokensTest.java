package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredTokensTest {

  private static final int ATHLETES = 100;

  @TempDir Path folder;

  /** Otherwise an event of the athlete would end there as one of an unconnected athlete. */
  @Test
  void nobodyIsTakenForAStrangerAtTheMomentOfBeingConnected() throws Exception {
    Clock clock = Clock.systemUTC();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Vault vault = Vaults.open(ledger, folder, clock);
      TokenStore store = new TokenStore(ledger, vault, clock);
      TokenRefreshLocks tokenRefreshLocks =
          new TokenRefreshLocks(ledger, Duration.ofMinutes(1), SystemServices.with(clock));
      TokenEndpoint strava =
          refreshToken -> {
            throw new AssertionError("nothing has to be renewed");
          };
      ConfiguredTokens seeds =
          new ConfiguredTokens(ledger, store, vault, tokenRefreshLocks, strava, clock);
      Athletes athletes = new Athletes(ledger, clock);
      Tokens tokens =
          new Tokens(athletes, store, seeds, tokenRefreshLocks, strava, SystemServices.with(clock));

      for (int number = 1; number <= ATHLETES; number++) {
        String id = Integer.toString(number);
        String token = "access-" + number;
        seeds.store(Optional.of(token), Optional.of("refresh-" + number));
        CompletableFuture<String> answer =
            CompletableFuture.supplyAsync(() -> awaitToken(tokens, id), beside);
        seeds.adopt(
            seeds.unknown().get(0), JsonNodeFactory.instance.objectNode().put("id", number));

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(token);
      }
    } finally {
      beside.shutdownNow();
    }
  }

  private static String awaitToken(Tokens tokens, String athleteId) {
    while (true) {
      try {
        return tokens.accessToken(athleteId);
      } catch (AthleteNotKnownYet e) {
        Thread.onSpinWait();
      }
    }
  }
}
