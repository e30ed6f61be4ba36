package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.strava.api.StravaRefusal;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which access token is returned, and when a token is refreshed. */
class AccessTokensTest {
  private static final String ANN = "4455667";
  private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final List<String> refreshed = new ArrayList<>();
  private Ledger ledger;
  private Athletes athletes;
  private TokenStore store;
  private ConfiguredTokens seeds;
  private Tokens tokens;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    Vault vault = Vaults.open(ledger, folder, clock);
    athletes = new Athletes(ledger, clock);
    store = new TokenStore(ledger, vault, clock);
    TokenRefreshLocks tokenRefreshLocks = tokenRefreshLocks();
    seeds = new ConfiguredTokens(ledger, store, vault, tokenRefreshLocks, this::refresh, clock);
    tokens =
        new Tokens(
            athletes, store, seeds, tokenRefreshLocks, this::refresh, SystemServices.with(clock));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private TokenRefreshLocks tokenRefreshLocks() {
    return new TokenRefreshLocks(ledger, LONGEST_RENEWAL, SystemServices.with(clock));
  }

  private TokenGrant refresh(String refreshToken) {
    refreshed.add(refreshToken);
    return grant("access-" + refreshed.size(), "refresh-" + refreshed.size(), inSixHours());
  }

  private static TokenGrant grant(String access, String refresh, Instant end) {
    return new TokenGrant(access, refresh, end, Optional.of("read"));
  }

  private Instant inSixHours() {
    return clock.instant().plus(Duration.ofHours(6));
  }

  private void connect(String refresh, Duration good) {
    store.connect(ANN, "Ann", grant("access-0", refresh, clock.instant().plus(good)));
  }

  @Test
  void aTokenIsRenewedTenMinutesBeforeItsEnd() {
    connect("refresh-0", Duration.ofMinutes(30));

    clock.advance(Duration.ofMinutes(20));
    assertThat(tokens.accessToken(ANN)).isEqualTo("access-0");
    assertThat(refreshed).isEmpty();

    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.accessToken(ANN)).isEqualTo("access-1");
    assertThat(tokens.accessToken(ANN)).isEqualTo("access-1");
    assertThat(refreshed).containsExactly("refresh-0");
  }

  @Test
  void whatIsRenewedIsStoredAndTheNextRenewalIsMadeWithIt() {
    connect("refresh-0", Duration.ZERO);

    tokens.accessToken(ANN);

    TokenStore.StoredTokens stored = store.find(ANN).orElseThrow();
    assertThat(stored.accessToken()).isEqualTo("access-1");
    assertThat(stored.refreshToken()).isEqualTo("refresh-1");
    assertThat(stored.expiresAt()).isEqualTo(inSixHours());
    clock.advance(Duration.ofHours(6));
    assertThat(tokens.accessToken(ANN)).isEqualTo("access-2");
    assertThat(refreshed).containsExactly("refresh-0", "refresh-1");
  }

  @Test
  void aRenewalThatHasEndedHoldsNobodyUp() {
    connect("refresh-0", Duration.ZERO);

    tokens.accessToken(ANN);

    assertThat(tokenRefreshLocks().begin(ANN)).isTrue();
  }

  @Test
  void insteadOfATokenThatWasRefusedThereIsANewOneUnlessItIsThereAlready() {
    connect("refresh-0", Duration.ofHours(6));

    assertThat(tokens.insteadOf("access-0", ANN)).isEqualTo("access-1");
    assertThat(tokens.insteadOf("access-0", ANN)).isEqualTo("access-1");
    assertThat(refreshed).containsExactly("refresh-0");
  }

  @Test
  void withoutARefreshTokenTheAthleteHasToReconnect() {
    connect("", Duration.ofMinutes(5));
    String why = "the access token has expired and there is no refresh token";

    assertThatThrownBy(() -> tokens.accessToken(ANN))
        .isInstanceOf(MustReconnect.class)
        .hasMessageContaining(why);
    assertThat(athletes.find(ANN).orElseThrow().mustReconnect()).contains(why);
    assertThat(refreshed).isEmpty();
  }

  @Test
  void whoHasToReconnectGetsNoToken() {
    connect("refresh-0", Duration.ofHours(6));
    athletes.markMustReconnect(athletes.find(ANN).orElseThrow(), "refused");

    assertThatThrownBy(() -> tokens.accessToken(ANN))
        .isInstanceOf(MustReconnect.class)
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> tokens.insteadOf("access-0", ANN)).isInstanceOf(MustReconnect.class);
  }

  @Test
  void aStrangerIsToldApartFromOneWhoseTokensWereGiven() {
    assertThatThrownBy(() -> tokens.accessToken(ANN)).isInstanceOf(UnknownAthlete.class);

    seeds.store(Optional.of("given"), Optional.empty());
    assertThatThrownBy(() -> tokens.accessToken(ANN)).isInstanceOf(AthleteNotKnownYet.class);

    String seed = seeds.unknown().get(0);
    assertThatThrownBy(() -> seeds.renewedAccessToken(seed)).isInstanceOf(RefreshRefused.class);
    assertThatThrownBy(() -> tokens.accessToken(ANN))
        .isInstanceOf(MustReconnect.class)
        .hasMessageContaining("the configured access token has expired");
  }

  @Test
  void nothingGivenIsNothingToFindOut() {
    seeds.store(Optional.empty(), Optional.empty());

    assertThat(seeds.unknown()).isEmpty();
    assertThat(seeds.refusal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"given, refresh-0", "given, "})
  void aGivenAccessTokenIsUsedUntilStravaRefusesIt(String access, String refresh) {
    seeds.store(Optional.of(access), Optional.ofNullable(refresh));

    clock.advance(Duration.ofDays(3649));
    assertThat(seeds.accessToken(seeds.unknown().get(0))).isEqualTo("given");
    assertThat(refreshed).isEmpty();
  }

  @Test
  void aGivenRefreshTokenIsExchangedOnce() {
    seeds.store(Optional.empty(), Optional.of("refresh-0"));
    String seed = seeds.unknown().get(0);

    assertThat(seeds.accessToken(seed)).isEqualTo("access-1");
    assertThat(seeds.accessToken(seed)).isEqualTo("access-1");
    assertThat(refreshed).containsExactly("refresh-0");
    assertThat(tokenRefreshLocks().begin("seed " + seed)).as("it has ended").isTrue();
  }

  @Test
  void aGivenTokenThatWasRefusedIsRenewed() {
    seeds.store(Optional.of("given"), Optional.of("refresh-0"));
    String seed = seeds.unknown().get(0);

    assertThat(seeds.renewedAccessToken(seed)).isEqualTo("access-1");
    assertThat(seeds.accessToken(seed)).isEqualTo("access-1");
  }

  @Test
  void whileAnotherProcessFindsOutWhoseTokensTheyAreThisOneLeavesThemAlone() {
    seeds.store(Optional.empty(), Optional.of("refresh-0"));
    String seed = seeds.unknown().get(0);
    assertThat(tokenRefreshLocks().begin("seed " + seed)).isTrue();

    assertThatThrownBy(() -> seeds.accessToken(seed))
        .isInstanceOf(StravaRefusal.class)
        .hasMessage("another process is looking up the owner of the configured tokens");
    assertThat(refreshed).isEmpty();
  }

  @Test
  void whoseTokensTheyAreIsConnectedAndTheTokensAreInOnePlaceOnly() {
    AtomicInteger news = new AtomicInteger();
    seeds.store(Optional.of("given"), Optional.of("refresh-0"));
    String seed = seeds.unknown().get(0);
    ledger.onAnnouncement(news::incrementAndGet);

    seeds.adopt(seed, athlete(ANN));

    assertThat(news).hasValue(1);
    assertThat(athletes.find(ANN).orElseThrow().name()).isEqualTo("Ann");
    assertThat(tokens.accessToken(ANN)).isEqualTo("given");
    assertThat(seeds.unknown()).isEmpty();
    assertThat(
            ledger
                .read()
                .sql("select access_token || refresh_token from configured_token")
                .query(String.class)
                .list())
        .containsExactly("");

    tokens.insteadOf("given", ANN);
    seeds.adopt(seed, athlete(ANN));
    assertThat(tokens.accessToken(ANN)).as("adopted a second time").isEqualTo("access-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void anAnswerThatNamesNobodyConnectsNobody(String id) {
    seeds.store(Optional.of("given"), Optional.empty());
    String seed = seeds.unknown().get(0);

    assertThatThrownBy(() -> seeds.adopt(seed, athlete(id))).isInstanceOf(StravaRefusal.class);
    assertThat(athletes.all()).isEmpty();
    assertThat(seeds.unknown()).containsExactly(seed);
  }

  private static ObjectNode athlete(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("firstname", "Ann");
  }
}
