package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.runtime.LogLines;
import io.fitroute.system.SystemServices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(30)
class RoundsTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Rounds rounds = new Rounds("The inbox cannot be read", SystemServices.ofJdk());
  private final List<Long> made = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    rounds.stop();
    thread.shutdownNow();
  }

  private void note() {
    made.add(System.nanoTime());
  }

  private Duration between(int one, int another) {
    return Duration.ofNanos(made.get(another) - made.get(one));
  }

  @Test
  void theNextRoundIsMadeAfterTheRest() {
    rounds.begin(
        thread,
        () -> {
          note();
          return made.size() < 2 ? Duration.ofMillis(200) : LONG;
        });

    await().until(() -> made.size() == 2);
    assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(199));
  }

  @Test
  void aRestEndsWhenItIsWokenAndHoweverOftenThatIsOneRoundFollows() {
    rounds.begin(
        thread,
        () -> {
          note();
          return LONG;
        });
    await().until(() -> made.size() == 1);

    rounds.wake();

    await().until(() -> made.size() == 2);
  }

  @Test
  void whoIsWokenDuringARoundMakesOneMoreAndNotSeveral() {
    rounds.begin(
        thread,
        () -> {
          note();
          if (made.size() == 1) {
            rounds.wake();
            rounds.wake();
            rounds.wake();
          }
          return LONG;
        });

    await().until(() -> made.size() == 2);
    await().during(Duration.ofMillis(300)).until(() -> made.size() == 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LedgerUnavailable", "DataAccessException", "fault"})
  void afterTroubleARoundIsMadeAgainALittleLater(String kind) {
    try (LogLines log = new LogLines()) {
      rounds.begin(
          thread,
          () -> {
            note();
            if (made.size() == 1) {
              throw switch (kind) {
                case "LedgerUnavailable" -> new LedgerUnavailable("away");
                case "DataAccessException" -> new DataAccessResourceFailureException("away");
                default -> new IllegalStateException("a fault");
              };
            }
            return LONG;
          });

      await().until(() -> made.size() == 2);
      assertThat(between(0, 1)).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(6));
      assertThat(log.all())
          .filteredOn(line -> line.contains(Rounds.class.getName()))
          .singleElement()
          .asString()
          .contains(
              kind.equals("fault") ? "a fault" : "The inbox cannot be read at the moment: away");
    }
  }

  @Test
  void afterItIsStoppedNoRoundIsMadeAndTheThreadIsFree() throws Exception {
    rounds.begin(
        thread,
        () -> {
          note();
          return LONG;
        });
    await().until(() -> made.size() == 1);

    rounds.stop();

    thread.shutdown();
    assertThat(thread.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(made).hasSize(1);
  }

  @Test
  void whatFailsBecauseItIsStoppedIsNotTold() throws Exception {
    try (LogLines log = new LogLines()) {
      rounds.begin(
          thread,
          () -> {
            note();
            rounds.stop();
            throw new LedgerUnavailable("the ledger is closed");
          });

      thread.shutdown();
      assertThat(thread.awaitTermination(1, TimeUnit.SECONDS)).as("without a pause").isTrue();
      assertThat(log.all()).noneMatch(line -> line.contains(Rounds.class.getName()));
    }
  }

  @Test
  void anInterruptionEndsIt() throws Exception {
    rounds.begin(
        thread,
        () -> {
          note();
          return LONG;
        });
    await().until(() -> made.size() == 1);

    thread.shutdownNow();

    assertThat(thread.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }
}
