package io.fitroute.simulator;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The one subscription of the application. Thread-safe. */
final class Subscriptions {

  private static final long FIRST_ID = 274_001;

  private final Clock clock;
  private final AtomicLong nextId = new AtomicLong(FIRST_ID);
  private volatile Optional<Subscription> current = Optional.empty();

  Subscriptions(Clock clock) {
    this.clock = clock;
  }

  Optional<Subscription> current() {
    return current;
  }

  /** Sets the subscription. */
  synchronized Subscription put(String callbackUrl) {
    Subscription made = new Subscription(nextId.getAndIncrement(), callbackUrl, clock.instant());
    current = Optional.of(made);
    return made;
  }

  /** Sets the subscription unless there is one. */
  synchronized Optional<Subscription> putIfNone(String callbackUrl) {
    return current.isPresent() ? Optional.empty() : Optional.of(put(callbackUrl));
  }

  /** Removes the subscription with this id; returns whether there was one. */
  synchronized boolean remove(long id) {
    boolean there = current.filter(found -> found.id() == id).isPresent();
    if (there) {
      current = Optional.empty();
    }
    return there;
  }
}
