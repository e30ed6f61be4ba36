package io.fitroute.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * An attempt to post an event to the subscriber.
 *
 * @param body the posted body
 * @param attempt 1 for the first
 * @param status the status of the response; 0 without a timely one
 * @param problem why there was no response; else empty
 * @param sentAt when the attempt began, by the machine's clock
 * @param took the time until the response, or until it was given up
 */
public record WebhookDelivery(
    String body, int attempt, int status, String problem, Instant sentAt, Duration took) {

  /** Whether Strava accepts the response; only 200 counts. */
  public boolean accepted() {
    return status == 200;
  }
}
