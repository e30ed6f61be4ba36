package io.fitroute.system;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.random.RandomGenerator;

/** The services of the JDK, some of them replaced by a test. */
public abstract class ReplacedServices implements SystemServices {

  private final SystemServices others;

  protected ReplacedServices(Clock clock) {
    this.others = SystemServices.with(clock);
  }

  @Override
  public Clock clock() {
    return others.clock();
  }

  @Override
  public long nanoTime() {
    return others.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return others.random();
  }

  @Override
  public String newId() {
    return others.newId();
  }

  @Override
  public ExecutorService newSequentialExecutor(String name) {
    return others.newSequentialExecutor(name);
  }

  @Override
  public Lock newLock() {
    return others.newLock();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    others.sleep(time);
  }

  @Override
  public <T> T await(Future<T> result, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return others.await(result, limit);
  }

  @Override
  public boolean acquire(Semaphore permits, Duration limit) throws InterruptedException {
    return others.acquire(permits, limit);
  }

  @Override
  public void acquire(Semaphore permits) throws InterruptedException {
    others.acquire(permits);
  }
}
