package io.fitroute.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * The requests that a fault strikes.
 *
 * @param method such as {@code GET}; {@code *} for any
 * @param path the path, with {@code *} for anything in one segment and {@code **} for anything
 * @param fault the fault
 * @param times the maximum number of strikes
 * @param probability of a strike, 0 to 1
 * @param lasting for how long from now on it strikes; empty for no limit
 */
public record FaultRule(
    String method,
    String path,
    Fault fault,
    int times,
    double probability,
    Optional<Duration> lasting) {

  public FaultRule {
    if (times < 1) {
      throw new IllegalArgumentException("times is " + times + ", allowed is 1 or more");
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is " + probability + ", allowed is 0 to 1");
    }
  }

  /** Strikes every request to these paths. */
  public static FaultRule on(String path, Fault fault) {
    return new FaultRule("*", path, fault, Integer.MAX_VALUE, 1, Optional.empty());
  }

  /** Limits it to a method. */
  public FaultRule onlyMethod(String value) {
    return new FaultRule(value, path, fault, times, probability, lasting);
  }

  /** Limits the number of strikes. */
  public FaultRule onlyTimes(int value) {
    return new FaultRule(method, path, fault, value, probability, lasting);
  }

  /** Sets the probability of a strike. */
  public FaultRule withProbability(double value) {
    return new FaultRule(method, path, fault, times, value, lasting);
  }

  /** Limits its duration from now on, by the machine's clock. */
  public FaultRule onlyFor(Duration value) {
    return new FaultRule(method, path, fault, times, probability, Optional.of(value));
  }
}
