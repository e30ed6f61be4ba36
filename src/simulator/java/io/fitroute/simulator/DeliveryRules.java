package io.fitroute.simulator;

import java.time.Duration;

/**
 * How events are posted.
 *
 * @param timeout the time-out for the subscriber's response
 * @param attempts the number of attempts for an event
 * @param spacing the time between two attempts
 * @param connections the number of events in flight at once
 * @param signingSecret signs the events; empty for no signature
 */
record DeliveryRules(
    Duration timeout, int attempts, Duration spacing, int connections, String signingSecret) {

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "DeliveryRules[timeout=" + timeout + ", attempts=" + attempts + "]";
  }
}
