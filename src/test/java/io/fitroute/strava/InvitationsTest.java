package io.fitroute.strava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
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
class InvitationsTest {

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

  private Invitations after(Duration time) {
    return new Invitations(ledger, Clock.fixed(NOW.plus(time), ZoneOffset.UTC));
  }

  @Test
  void oneCountsOnce() {
    Invitations invitations = after(Duration.ZERO);
    String state = invitations.make();

    assertThat(state).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(invitations.make());
    assertThat(invitations.take(state)).isTrue();
    assertThat(invitations.take(state)).isFalse();
    assertThat(invitations.take("")).isFalse();
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
    Invitations invitations = after(Duration.ZERO);
    String good = invitations.make();
    String bad = invitations.make();
    assertThat(invitations.endOf(good)).isEmpty();

    invitations.connected(good, "7");
    invitations.refused(bad, "no");

    assertThat(invitations.endOf(good))
        .contains(new Invitations.End(Optional.of("7"), Optional.empty()));
    assertThat(invitations.endOf(bad))
        .contains(new Invitations.End(Optional.empty(), Optional.of("no")));
  }

  @Test
  void theLedgerDoesNotHoldTheState() {
    String state = after(Duration.ZERO).make();

    assertThat(ledger.read().sql("select state_hash from invitation").query(String.class).single())
        .hasSize(64)
        .doesNotContain(state);
  }

  @Test
  void whoOnlyAsksFillsNeitherTheLedgerNorTheDayForOthers() {
    Invitations now = after(Duration.ZERO);
    for (int i = 0; i < 1000; i++) {
      now.make();
    }
    assertThatThrownBy(now::make)
        .isInstanceOf(ConnectRefused.class)
        .hasMessageContaining("try again in 10 minutes");

    assertThat(after(Duration.ofMinutes(10)).make()).isNotEmpty();
    after(Duration.ofMinutes(71)).make();
    assertThat(ledger.read().sql("select count(*) from invitation").query(Long.class).single())
        .isEqualTo(2);
  }
}
