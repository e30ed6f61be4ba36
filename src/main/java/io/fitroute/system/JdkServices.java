package io.fitroute.system;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The {@link SystemServices} of the JDK. */
record JdkServices(Clock clock, RandomGenerator random) implements SystemServices {

  private static final long IDLE_SECONDS = 10;

  JdkServices(Clock clock) {
    this(clock, new SecureRandom());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public String newId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public ExecutorService newSequentialExecutor(String name) {
    return new ThreadPoolExecutor(
        0,
        1,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public Lock newLock() {
    return new ReentrantLock();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  @Override
  public <T> T await(Future<T> result, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean acquire(Semaphore permits, Duration limit) throws InterruptedException {
    return permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void acquire(Semaphore permits) throws InterruptedException {
    permits.acquire();
  }
}
