package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.StravaRefusal;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeauthorizationsTest {

  private static final String ANN = "4455667";

  @TempDir Path folder;

  @Test
  void tokensThatCameAfterTheRefusedOnesAreKept() {
    Clock clock = Clock.systemUTC();
    NewEvent told = NewEvent.request("strava", Priority.LIVE, "athlete", ANN, ANN, clock.instant());
    Event event = new Event(1, told, clock.instant(), 0, 0, false, "lease");
    TokenGrant grant = new TokenGrant("access", "refresh", clock.instant(), Optional.empty());
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Athletes athletes = new Athletes(ledger, clock);
      Deauthorizations deauthorizations = new Deauthorizations(ledger, clock);
      Vaults.tokens(ledger, folder, clock).connect(ANN, "Ann", grant);

      assertThatThrownBy(() -> deauthorizations.forget(event)).isInstanceOf(StravaRefusal.class);
      assertThat(athletes.find(ANN)).isPresent();

      athletes.markMustReconnect(athletes.find(ANN).orElseThrow(), "refused");
      deauthorizations.forget(event);
      assertThat(athletes.find(ANN)).isEmpty();
    }
  }

  @Test
  void aRefusalSaysNothingAfterARenewalThatWasCutOff() {
    Clock clock = Clock.systemUTC();
    NewEvent told = NewEvent.request("strava", Priority.LIVE, "athlete", ANN, ANN, clock.instant());
    Event event = new Event(1, told, clock.instant(), 0, 0, false, "lease");
    TokenGrant grant = new TokenGrant("access", "refresh", clock.instant(), Optional.empty());
    Duration longest = Duration.ofSeconds(60);
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      Deauthorizations deauthorizations = new Deauthorizations(ledger, clock);
      TokenStore tokens = Vaults.tokens(ledger, folder, clock);
      tokens.connect(ANN, "Ann", grant);
      TokenRefreshLocks survivor =
          new TokenRefreshLocks(ledger, longest, SystemServices.with(clock));

      assertThat(new TokenRefreshLocks(ledger, longest, SystemServices.with(clock)).begin(ANN))
          .isTrue();
      assertThat(deauthorizations.isRenewalCut(event)).as("it goes on").isFalse();
      assertThat(survivor.begin(ANN)).isFalse();
      survivor.takeOver();
      assertThat(deauthorizations.isRenewalCut(event)).isTrue();

      tokens.renew(ANN, grant);
      assertThat(deauthorizations.isRenewalCut(event)).as("there are others").isFalse();

      Clock later = Clock.offset(clock, longest.plusSeconds(1));
      assertThat(new TokenRefreshLocks(ledger, longest, SystemServices.with(clock)).begin(ANN))
          .isTrue();
      assertThat(new TokenRefreshLocks(ledger, longest, SystemServices.with(later)).begin(ANN))
          .isTrue();
      assertThat(deauthorizations.isRenewalCut(event)).as("its time had run out").isTrue();

      tokens.connect(ANN, "Ann", grant);
      assertThat(deauthorizations.isRenewalCut(event)).isFalse();
    }
  }
}
