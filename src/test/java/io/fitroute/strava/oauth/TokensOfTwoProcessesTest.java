package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes on one ledger that refresh the same tokens concurrently. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class TokensOfTwoProcessesTest {

  private static final String ANN = "4455667";
  private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(1);
  private static final int TRIES = Integer.getInteger("fitroute.tries", 100);

  @Parameter private Database database;
  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final List<Ledger> ledgers = new ArrayList<>();
  private String url;
  private TokenStore store;

  @BeforeEach
  void connect() {
    url = database.url(folder);
    Ledger ledger = ledger();
    store = Vaults.tokens(ledger, folder, clock);
    store.connect(ANN, "Ann", grant("0", clock.instant()));
  }

  @AfterEach
  void close() {
    ledgers.forEach(Ledger::close);
  }

  private Ledger ledger() {
    Ledger ledger = Ledger.open(url, "", "");
    ledgers.add(ledger);
    return ledger;
  }

  private static TokenGrant grant(String name, Instant end) {
    return new TokenGrant("access-" + name, "refresh-" + name, end, Optional.of("read"));
  }

  /** The tokens as used by a separate process. */
  private Tokens process(TokenEndpoint endpoint) {
    Ledger ledger = ledger();
    Vault vault = Vaults.open(ledger, folder, clock);
    TokenStore own = new TokenStore(ledger, vault, clock);
    TokenRefreshLocks tokenRefreshLocks =
        new TokenRefreshLocks(ledger, LONGEST_RENEWAL, SystemServices.with(clock));
    ConfiguredTokens seeds =
        new ConfiguredTokens(ledger, own, vault, tokenRefreshLocks, endpoint, clock);
    return new Tokens(
        new Athletes(ledger, clock),
        own,
        seeds,
        tokenRefreshLocks,
        endpoint,
        SystemServices.with(clock));
  }

  private Athletes.Athlete ann() {
    return new Athletes(ledgers.get(0), clock).find(ANN).orElseThrow();
  }

  @Test
  void oneOfThemRefreshesAndBothGetWhatItWasGiven() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TokenService strava = new TokenService()) {
      List<Tokens> processes = List.of(process(strava), process(strava));
      CyclicBarrier together = new CyclicBarrier(2);
      for (int number = 0; number < TRIES; number++) {
        String refused = "access-" + number;
        List<Future<String>> answers = new ArrayList<>();
        for (Tokens process : processes) {
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return process.insteadOf(refused, ANN);
                  }));
        }
        for (Future<String> answer : answers) {
          assertThat(answer.get()).isEqualTo("access-" + (number + 1));
        }
      }
      assertThat(strava.refused).isZero();
      assertThat(strava.granted).isEqualTo(TRIES);
      assertThat(store.find(ANN).orElseThrow().refreshToken()).isEqualTo("refresh-" + TRIES);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoDiedOverItHoldsNobodyUpForLong() {
    ledgers
        .get(0)
        .write(
            jdbc ->
                jdbc.sql("insert into token_refresh_lock values (?, 'gone', ?)")
                    .params(ANN, clock.millis() + 500)
                    .update());
    Tokens tokens = process(refreshToken -> grant("1", clock.instant().plusSeconds(3600)));

    assertThat(tokens.accessToken(ANN)).isEqualTo("access-1");
  }

  @Test
  void whileAnotherIsAtItForLongTheEventCanWaitElsewhere() {
    Tokens tokens = process(refreshToken -> grant("1", clock.instant().plusSeconds(3600)));
    assertThat(
            new TokenRefreshLocks(ledgers.get(0), LONGEST_RENEWAL, SystemServices.with(clock))
                .begin(ANN))
        .isTrue();

    assertThatThrownBy(() -> tokens.accessToken(ANN)).isInstanceOf(TokenRefreshInProgress.class);
    assertThat(ann().mustReconnect()).isEmpty();
  }

  @Test
  void aRenewalUntilLongAfterEverIsOfAClockThatWasSetBack() {
    Clock ahead = Clock.offset(clock, Duration.ofHours(1));
    assertThat(
            new TokenRefreshLocks(ledgers.get(0), LONGEST_RENEWAL, SystemServices.with(ahead))
                .begin(ANN))
        .isTrue();

    assertThat(
            new TokenRefreshLocks(ledgers.get(0), LONGEST_RENEWAL, SystemServices.with(clock))
                .begin(ANN))
        .isTrue();
  }

  @Test
  void theSlowerOneTakesWhatTheQuickerOneIsAboutToStore() {
    TokenGrant second = grant("second", clock.instant().plusSeconds(3600));
    Tokens tokens =
        process(
            refreshToken -> {
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                  .execute(() -> store.renew(ANN, second));
              throw new RefreshRefused("the other one was quicker");
            });

    assertThat(tokens.accessToken(ANN)).isEqualTo("access-second");
    assertThat(ann().mustReconnect()).isEmpty();
  }

  @Test
  void ifNobodyStoresAnythingTheAthleteHasToReconnect() {
    Tokens tokens =
        process(
            refreshToken -> {
              throw new RefreshRefused("Strava no longer accepts the refresh token");
            });

    assertThatThrownBy(() -> tokens.accessToken(ANN)).isInstanceOf(MustReconnect.class);
    assertThat(ann().mustReconnect()).hasValue("Strava no longer accepts the refresh token");
  }

  /** Each refresh token is valid once; the next one is one higher. */
  private static final class TokenService implements TokenEndpoint, AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile int granted;
    private volatile int refused;

    TokenService() {
      server =
          vertx
              .createHttpServer()
              .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    }

    /** Runs on one thread, so requests are serial. */
    private void answer(HttpServerRequest request, Buffer token) {
      if (!token.toString().equals("refresh-" + granted)) {
        refused = refused + 1;
        request.response().setStatusCode(400).end();
        return;
      }
      granted = granted + 1;
      request
          .response()
          .end(
              "{\"access_token\":\"access-%d\",\"refresh_token\":\"refresh-%d\",\"expires_at\":%d}"
                  .formatted(granted, granted, Instant.now().plusSeconds(21_600).getEpochSecond()));
    }

    @Override
    public TokenGrant refresh(String refreshToken) {
      URI address = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(refreshToken)).build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new RefreshRefused("refused");
        }
        return TokenGrant.of(new ObjectMapper().readTree(answer.body()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
