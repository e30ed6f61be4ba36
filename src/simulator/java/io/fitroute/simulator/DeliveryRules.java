package io.fitroute.simulator;

import java.time.Duration;

/**
 * How events are posted.
 *
 * @param timeout how long the subscriber may take to answer
 * @param attempts how often an event is posted in all
 * @param spacing the time between two attempts
 * @param connections how many events are on their way at once
 * @param signingSecret signs the events; empty for no signature
 */
record DeliveryRules(
    Duration timeout, int attempts, Duration spacing, int connections, String signingSecret) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "DeliveryRules[timeout=" + timeout + ", attempts=" + attempts + "]";
  }
}
