package io.fitroute.strava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Ledger;
import io.fitroute.vault.KeyRing;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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

  /** A token service whose refresh tokens count once, and which takes its time. */
  private static final class Rotating implements TokenEndpoint {

    private final Map<String, String> valid = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();

    TokenGrant first(String athlete) {
      return issue(athlete);
    }

    private TokenGrant issue(String athlete) {
      String name = athlete + "-" + issued.incrementAndGet();
      valid.put(name + "-refresh", athlete);
      return grant(name, Instant.now().plusSeconds(21_600));
    }

    @Override
    public TokenGrant refresh(String refreshToken) {
      String athlete = valid.remove(refreshToken);
      if (athlete == null) {
        throw new RefreshRefused("Strava no longer accepts the refresh token");
      }
      TokenGrant grant = issue(athlete);
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
      return grant;
    }

    boolean knows(String refreshToken) {
      return valid.containsKey(refreshToken);
    }
  }

  @Test
  void inAThousandRacesNoRotatedTokenIsLost() throws Exception {
    int athletesAtOnce = 20;
    int rounds = 50;
    Rotating strava = new Rotating();
    try (Ledger other = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "")) {
      List<Tokens> processes = List.of(process(ledger, strava), process(other, strava));
      List<CompletableFuture<Void>> races = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(3 * athletesAtOnce);
      for (int number = 1; number <= athletesAtOnce; number++) {
        String athlete = Integer.toString(number);
        store.connect(athlete, "", strava.first(athlete));
        races.add(
            CompletableFuture.runAsync(
                () -> race(athlete, rounds, processes, strava, threads), threads));
      }
      CompletableFuture.allOf(races.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
      threads.shutdown();
    }
  }

  private Tokens process(Ledger own, TokenEndpoint endpoint) {
    TokenStore ownStore = new TokenStore(own, vault, clock);
    return new Tokens(
        new Athletes(own, clock),
        ownStore,
        new TokenSeeds(own, ownStore, vault, endpoint, clock),
        endpoint,
        clock);
  }

  /** Both processes find the same access token refused, again and again. */
  private void race(
      String athlete, int rounds, List<Tokens> processes, Rotating strava, Executor threads) {
    for (int round = 0; round < rounds; round++) {
      String refused = store.find(athlete).orElseThrow().accessToken();
      List<String> got =
          processes.stream()
              .map(
                  tokens ->
                      CompletableFuture.supplyAsync(
                          () -> tokens.insteadOf(refused, athlete), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      TokenStore.StoredTokens stored = store.find(athlete).orElseThrow();
      assertThat(got).containsOnly(stored.accessToken()).doesNotContain(refused);
      assertThat(strava.knows(stored.refreshToken())).as("the stored token is alive").isTrue();
      assertThat(athletes.find(athlete).orElseThrow().mustReconnect()).isEmpty();
    }
  }
}
