package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private Inbox inbox;
  private Progress progress;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    inbox = new Inbox(ledger, SystemServices.with(clock));
    progress = inbox.progress();
    progress.begin();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void minutes(int minutes) {
    for (int passed = 0; passed < minutes; passed++) {
      clock.advance(Duration.ofMinutes(1));
      progress.dispatched();
    }
  }

  @Test
  void aDispatcherThatNoLongerLooksIsTrouble() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(progress.trouble()).isEmpty();
    assertThat(progress.sinceDispatch()).isEqualTo(Duration.ofMinutes(2));

    clock.advance(Duration.ofMinutes(1));

    assertThat(progress.trouble()).contains("the inbox has not been polled for 3 minutes");
    progress.dispatched();
    assertThat(progress.trouble()).isEmpty();
  }

  @Test
  void aDispatcherThatRestsOnPurposeIsNoTrouble() {
    progress.end();
    clock.advance(Duration.ofHours(1));

    assertThat(progress.trouble()).isEmpty();
    assertThat(progress.sinceDispatch()).isZero();
  }

  @Test
  void aDispatcherThatRestsUntilTheNextEventIsDueIsNoTrouble() {
    progress.rests(Duration.ofHours(7));
    clock.advance(Duration.ofHours(7).plusMinutes(2));
    assertThat(progress.trouble()).isEmpty();

    clock.advance(Duration.ofMinutes(1));

    assertThat(progress.trouble()).contains("the inbox has not been polled for 3 minutes");
  }

  @Test
  void anEventThatIsDueAndFindsNoWorkerIsTrouble() {
    inbox.accept(Events.of("1")).join();
    minutes(10);
    assertThat(progress.lag()).isEqualTo(Duration.ofMinutes(10));
    assertThat(progress.trouble()).isEmpty();

    minutes(1);

    assertThat(progress.trouble())
        .contains("a due event has been waiting for a worker for 11 minutes");
  }

  @Test
  void aCrowdFromWhichWorkersTakeIsNoTrouble() {
    inbox.accept(Events.of("1")).join();
    inbox.accept(Events.of("2")).join();
    minutes(60);
    progress.claimed();
    minutes(10);

    assertThat(progress.trouble()).isEmpty();
  }

  @Test
  void whatWaitsForItsTimeIsNoTrouble() {
    inbox.accept(Events.of("1")).join();
    Event event = inbox.leases().claim(1, LEASE).get(0);
    inbox
        .outcomes()
        .record(
            event,
            new Next.Later(clock.instant().plus(Duration.ofDays(1)), 0, 0, "budget used up"));

    minutes(23 * 60);

    assertThat(progress.lag()).isZero();
    assertThat(progress.trouble()).isEmpty();
  }
}
