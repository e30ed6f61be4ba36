package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Events;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A lease belongs to one worker; a worker that has lost it can do nothing with it. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class LeasesTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  @Parameter private Database database;
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Inbox inbox;
  private Inbox other;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
    inbox = new Inbox(ledger, SystemServices.with(clock));
    other = new Inbox(ledger, SystemServices.with(clock));
    inbox.accept(Events.of("1")).join();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Event lost() {
    Event lost = inbox.leases().claim(1, LEASE).get(0);
    clock.advance(LEASE);
    return lost;
  }

  @Test
  void aRenewedLeaseLastsAsLongAsANewOne() {
    Event event = inbox.leases().claim(1, LEASE).get(0);
    clock.advance(LEASE.dividedBy(2));

    inbox.leases().renew(List.of(event), LEASE);

    assertThat(inbox.leases().nextDue()).contains(clock.instant().plus(LEASE));
    clock.advance(LEASE.minusMillis(1));
    assertThat(other.leases().claim(1, LEASE)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(other.leases().claim(1, LEASE)).hasSize(1);
  }

  @Test
  void aLostLeaseIsNotRenewed() {
    Event lost = lost();
    other.leases().claim(1, LEASE);

    inbox.leases().renew(List.of(lost), LEASE.multipliedBy(2));
    clock.advance(LEASE);

    assertThat(other.leases().claim(1, LEASE)).as("the lease that counts has run out").hasSize(1);
  }

  @Test
  void aLostLeaseIsNotKeptByAClaim() {
    Event lost = lost();
    other.leases().claim(1, LEASE);
    clock.advance(LEASE);

    List<Event> taken = inbox.leases().claim(1, LEASE, List.of(lost));

    assertThat(taken).as("the lease that counts has run out").hasSize(1);
  }

  @Test
  void anEventThatWaitsForItsNextAttemptIsNotPutOffByARenewal() {
    Event event = inbox.leases().claim(1, LEASE).get(0);
    Next.Later later = new Next.Later(clock.instant().plusSeconds(5), 1, 0, "failed");
    assertThat(inbox.outcomes().record(event, later)).isTrue();

    inbox.leases().renew(List.of(event), LEASE);

    assertThat(inbox.leases().nextDue()).contains(later.due());
  }

  @Test
  void anEventThatHasEndedIsNotBroughtBackByARenewal() {
    Event event = inbox.leases().claim(1, LEASE).get(0);
    assertThat(inbox.outcomes().record(event, new Next.End(EventState.DONE, "done"))).isTrue();

    inbox.leases().renew(List.of(event), LEASE);
    clock.advance(LEASE);

    assertThat(other.leases().claim(1, LEASE)).isEmpty();
  }

  @Test
  void whoeverHasLostTheLeaseDecidesNothing() {
    Event lost = lost();
    Event taken = other.leases().claim(1, LEASE).get(0);
    Next.Later later = new Next.Later(clock.instant().plusSeconds(5), 1, 0, "failed");

    assertThat(inbox.outcomes().record(lost, later)).isFalse();
    assertThat(inbox.outcomes().record(lost, new Next.End(EventState.DEAD, "gave up"))).isFalse();

    assertThat(inbox.count(EventState.PENDING)).isOne();
    assertThat(other.outcomes().record(taken, new Next.End(EventState.DONE, "done"))).isTrue();
  }

  @Test
  void theWatchBringsForwardWhatWaitsWhenTheClockWasSetBackAndTakesOverFromTheDead() {
    Duration lease = Duration.ofMillis(300);
    inbox.accept(Events.of("2")).join();
    LeaseWatch watch = new LeaseWatch(inbox.leases(), lease, SystemServices.with(clock));
    List<Event> ofTheDead = other.leases().claim(2, LEASE);
    Next.Later later = new Next.Later(clock.instant().plusSeconds(600), 1, 0, "failed");
    other.outcomes().record(ofTheDead.get(0), later);

    clock.advance(Duration.ofHours(-1));
    watch.look(List.of());

    assertThat(inbox.leases().nextDue().orElseThrow())
        .isCloseTo(clock.instant().plusSeconds(600), within(10, ChronoUnit.SECONDS));
    assertThat(inbox.leases().claim(9, LEASE)).as("its holder may live").isEmpty();
    await()
        .until(
            () -> {
              watch.look(List.of());
              return inbox.leases().claim(9, LEASE).size() == 1;
            });
  }
}
