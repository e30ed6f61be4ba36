package io.fitroute.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * Which requests a fault strikes.
 *
 * @param method such as {@code GET}; {@code *} for any
 * @param path the path, with {@code *} for anything in one segment and {@code **} for anything
 * @param fault what happens
 * @param times how often it strikes
 * @param probability how likely it strikes a request, 0 to 1
 * @param lasting for how long from now on it strikes; empty for as long as the fake runs
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

  /** The fault strikes every request to these paths. */
  public static FaultRule on(String path, Fault fault) {
    return new FaultRule("*", path, fault, Integer.MAX_VALUE, 1, Optional.empty());
  }

  /** Only requests of this method. */
  public FaultRule onlyMethod(String value) {
    return new FaultRule(value, path, fault, times, probability, lasting);
  }

  /** So many times, then never again. */
  public FaultRule onlyTimes(int value) {
    return new FaultRule(method, path, fault, value, probability, lasting);
  }

  /** Now and then. */
  public FaultRule withProbability(double value) {
    return new FaultRule(method, path, fault, times, value, lasting);
  }

  /** From now on for so long, by the machine's clock. */
  public FaultRule onlyFor(Duration value) {
    return new FaultRule(method, path, fault, times, probability, Optional.of(value));
  }
}
