package io.fitroute.system;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything that makes two runs of the program differ: time, random numbers, threads and waiting.
 * The program takes these from here only, so a test can replace them and repeat a run exactly.
 */
public interface SystemServices {

  /** The services of the JDK. */
  static SystemServices ofJdk() {
    return with(Clock.systemUTC());
  }

  /** The services of the JDK with another clock. */
  static SystemServices with(Clock clock) {
    return new JdkServices(clock);
  }

  /** The time of day, which can be set. */
  Clock clock();

  /** A monotonic time, in nanoseconds since an arbitrary moment; it may be negative. */
  long nanoTime();

  /** Random numbers that cannot be guessed; safe for use by several threads. */
  RandomGenerator random();

  /** A globally unique id. */
  String newId();

  /**
   * An executor that runs one task at a time, in order, on a daemon thread. The thread ends when it
   * has been idle for a while. Tasks that arrive after the shutdown are discarded.
   *
   * @param name the name of the thread
   */
  ExecutorService newSequentialExecutor(String name);

  /** A reentrant lock, which may be held during input and output. */
  Lock newLock();

  /** As {@link #newLock()}, a lock for each key. The caller bounds the number of keys. */
  default KeyedLocks newKeyedLocks() {
    Map<String, Lock> locks = new ConcurrentHashMap<>();
    return key -> locks.computeIfAbsent(key, any -> newLock());
  }

  /** A lock for each key. */
  @FunctionalInterface
  interface KeyedLocks {

    /** The lock for a key, always the same. */
    Lock of(String key);
  }

  /** Sleeps for a duration. */
  void sleep(Duration time) throws InterruptedException;

  /**
   * Waits for a result.
   *
   * @throws TimeoutException if there is none in time
   * @throws ExecutionException if there is a failure instead
   */
  <T> T await(Future<T> result, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** Waits for a permit and takes it; returns false if there is none in time. */
  boolean acquire(Semaphore permits, Duration limit) throws InterruptedException;

  /** Waits for a permit, however long, and takes it. */
  void acquire(Semaphore permits) throws InterruptedException;

  /**
   * Waits until a value meets a condition.
   *
   * @param interval how long to wait before looking again
   * @param limit how long to wait in all
   * @return the value last seen, which does not meet the condition if the time is up
   */
  default <T> T await(Supplier<T> value, Predicate<T> condition, Duration interval, Duration limit)
      throws InterruptedException {
    long start = nanoTime();
    T seen = value.get();
    while (!condition.test(seen) && nanoTime() - start < limit.toNanos()) {
      sleep(interval);
      seen = value.get();
    }
    return seen;
  }

  /**
   * Whether other processes may write to the same ledger, such as a command beside the service.
   * Writes to a file are only noticed by polling.
   */
  default boolean isLedgerShared() {
    return true;
  }
}
