package io.fitroute.simulator;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** An armed fault, which counts the requests it struck. */
public final class ArmedFault {

  private final FaultRule rule;
  private final PathPattern path;
  private final long end;
  private final AtomicInteger hits = new AtomicInteger();
  private volatile boolean armed = true;

  ArmedFault(FaultRule rule) {
    this.rule = rule;
    this.path = new PathPattern(rule.path());
    this.end = rule.lasting().map(time -> System.nanoTime() + time.toNanos()).orElse(0L);
  }

  /** The number of requests it struck. */
  public int hits() {
    return hits.get();
  }

  /** Disarms it. */
  public void disarm() {
    armed = false;
  }

  /** The fault for this request, if it strikes. */
  Optional<Fault> strike(String method, String requestPath) {
    boolean meant =
        live()
            && (rule.method().equals("*") || rule.method().equals(method))
            && path.matches(requestPath)
            && (rule.probability() == 1
                || ThreadLocalRandom.current().nextDouble() < rule.probability());
    return meant && countHit() ? Optional.of(rule.fault()) : Optional.empty();
  }

  /** Whether it can strike again. */
  boolean live() {
    boolean expired = rule.lasting().isPresent() && System.nanoTime() - end > 0;
    return armed && !expired && hits.get() < rule.times();
  }

  private boolean countHit() {
    return hits.getAndUpdate(count -> Math.min(count + 1, rule.times())) < rule.times();
  }
}
