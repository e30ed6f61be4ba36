package io.fitroute.strava.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.Athletes.Athlete;
import io.fitroute.strava.oauth.Deauthorizations;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.strava.oauth.Vaults;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
class AthletesTest {

  private static final Duration LEASE = Duration.ofMinutes(1);

  @Parameter private Database database;
  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private Athletes athletes;
  private TokenStore tokens;
  private Inbox inbox;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
    athletes = new Athletes(ledger, clock);
    tokens = Vaults.tokens(ledger, folder, clock);
    inbox = new Inbox(ledger, SystemServices.with(clock));
    connect("ann");
    connect("bob");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void connect(String id) {
    tokens.connect(id, id, grant());
  }

  private TokenGrant grant() {
    return new TokenGrant("access", "refresh", clock.instant(), Optional.empty());
  }

  private Optional<String> mustReconnect(String id) {
    return athletes.find(id).orElseThrow().mustReconnect();
  }

  @Test
  void aRefusalOfTokensThatWereReplacedMeanwhileConcernsNobody() {
    Athlete before = athletes.find("ann").orElseThrow();
    connect("ann");
    athletes.markMustReconnect(before, "refused");
    assertThat(mustReconnect("ann")).as("after connecting again").isEmpty();

    before = athletes.find("ann").orElseThrow();
    tokens.renew("ann", grant());
    athletes.markMustReconnect(before, "refused");
    assertThat(mustReconnect("ann")).as("after a renewal").isEmpty();
  }

  @Test
  void aRefusalOfTheTokensInForceConcernsTheirAthleteAlone() {
    athletes.markMustReconnect(athletes.find("ann").orElseThrow(), "refused");

    assertThat(mustReconnect("ann")).contains("refused");
    assertThat(mustReconnect("bob")).isEmpty();
  }

  @Test
  void aPauseConcernsItsAthleteAlone() {
    athletes.pause("ann", true);

    assertThat(athletes.isPaused("ann")).isTrue();
    assertThat(athletes.isPaused("bob")).isFalse();
  }

  @Test
  void resumingHastensWhatWaitsForThatAthleteAndNothingElse() {
    Instant later = clock.instant().plus(Duration.ofHours(6));
    waiting("1", "ann", later);
    waiting("2", "bob", later);

    assertThat(athletes.pause("ann", false)).isOne();

    assertThat(inbox.leases().claim(9, LEASE)).extracting(Event::ownerId).containsExactly("ann");
  }

  @Test
  void renewedTokensAreThoseOfTheirAthleteAlone() {
    TokenGrant renewed =
        new TokenGrant("renewed-access", "renewed-refresh", clock.instant(), Optional.empty());
    Athlete bob = athletes.find("bob").orElseThrow();

    tokens.renew("ann", renewed);

    assertThat(tokens.find("ann").orElseThrow().accessToken()).isEqualTo("renewed-access");
    assertThat(tokens.find("bob").orElseThrow().accessToken()).isEqualTo("access");
    assertThat(athletes.find("bob")).contains(bob);
  }

  @Test
  void whatIsInTheHandsOfAWorkerEndsByItselfThoughItsAthleteIsForgotten() {
    accept("1", "ann");
    Event inWork = inbox.leases().claim(1, LEASE).get(0);

    assertThat(new Deauthorizations(ledger, clock).forget("ann", "disconnected")).isZero();

    assertThat(inbox.count(EventState.PENDING)).isOne();
    assertThat(inbox.outcomes().record(inWork, new Next.End(EventState.DONE, "delivered")))
        .isTrue();
  }

  @Test
  void whatWaitsForAnAthleteWhoIsForgottenEndsAndNothingElse() {
    Instant later = clock.instant().plus(Duration.ofHours(6));
    waiting("1", "ann", later);
    waiting("2", "bob", later);

    assertThat(new Deauthorizations(ledger, clock).forget("ann", "disconnected")).isOne();

    assertThat(athletes.all()).extracting(Athlete::id).containsExactly("bob");
    assertThat(
            ledger
                .read()
                .sql("select owner_id from event where state = 'pending'")
                .query(String.class)
                .list())
        .containsExactly("bob");
  }

  private void accept(String activity, String athlete) {
    inbox
        .accept(
            NewEvent.request("test", Priority.LIVE, "activity", activity, athlete, clock.instant()))
        .join();
  }

  private void waiting(String activity, String athlete, Instant until) {
    inbox
        .accept(
            NewEvent.request("test", Priority.LIVE, "activity", activity, athlete, clock.instant()))
        .join();
    List<Event> claimed = inbox.leases().claim(1, LEASE);
    assertThat(inbox.outcomes().record(claimed.get(0), new Next.Later(until, 0, 0, "waits")))
        .isTrue();
  }
}
