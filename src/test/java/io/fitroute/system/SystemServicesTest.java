package io.fitroute.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemServicesTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final SystemServices services = SystemServices.ofJdk();

  /** Services whose time passes only while a thread sleeps. */
  private static final class Sleepers extends ReplacedServices {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    Sleepers() {
      super(Clock.systemUTC());
    }

    @Override
    public long nanoTime() {
      return now.get();
    }

    @Override
    public void sleep(Duration time) {
      now.addAndGet(time.toNanos());
    }
  }

  @Test
  void aValueIsAwaitedUntilItMeetsTheCondition() throws Exception {
    AtomicInteger looks = new AtomicInteger();

    int seen =
        new Sleepers()
            .await(looks::incrementAndGet, look -> look == 3, INTERVAL, INTERVAL.multipliedBy(9));

    assertThat(seen).isEqualTo(3);
  }

  @Test
  void aValueIsNotAwaitedForLongerThanTheLimit() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Sleepers sleepers = new Sleepers();

    int seen =
        sleepers.await(looks::incrementAndGet, look -> false, INTERVAL, INTERVAL.multipliedBy(2));

    assertThat(seen).isEqualTo(3);
    assertThat(sleepers.await(() -> 1, look -> false, INTERVAL, Duration.ZERO)).isOne();
  }

  @Test
  void aResultThatDoesNotComeIsNotAwaitedForLong() throws Exception {
    CompletableFuture<Integer> result = new CompletableFuture<>();

    assertThatThrownBy(() -> services.await(result, Duration.ofMillis(5)))
        .isInstanceOf(TimeoutException.class);
    result.complete(7);
    assertThat(services.await(result, Duration.ZERO)).isEqualTo(7);
  }

  @Test
  void tasksRunOneByOneOnADaemonThreadAndNoneAfterTheShutdown() {
    List<String> ran = new CopyOnWriteArrayList<>();
    ExecutorService executor = services.newSequentialExecutor("one-by-one");

    for (int task = 0; task < 100; task++) {
      int number = task;
      executor.execute(
          () ->
              ran.add(
                  Thread.currentThread().getName() + number + Thread.currentThread().isDaemon()));
    }
    await().until(() -> ran.size() == 100);
    executor.shutdown();
    executor.execute(() -> ran.add("late"));

    assertThat(ran).hasSize(100).startsWith("one-by-one0true").endsWith("one-by-one99true");
  }

  @Test
  void aKeyHasOneLockThatNoOtherKeyShares() throws Exception {
    SystemServices.KeyedLocks locks = services.newKeyedLocks();
    locks.of("ann").lock();

    boolean ann = CompletableFuture.supplyAsync(() -> locks.of("ann").tryLock()).get();
    boolean bob = CompletableFuture.supplyAsync(() -> locks.of("bob").tryLock()).get();

    assertThat(ann).isFalse();
    assertThat(bob).isTrue();
  }
}
