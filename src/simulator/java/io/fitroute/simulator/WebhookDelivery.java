package io.fitroute.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to post an event to the subscriber.
 *
 * @param body what was posted
 * @param attempt 1 for the first
 * @param status the answer's status; 0 when none came in time
 * @param problem why no answer came; empty when one did
 * @param sentAt when the attempt began, by the machine's clock
 * @param took until the answer, or until it was given up
 */
public record WebhookDelivery(
    String body, int attempt, int status, String problem, Instant sentAt, Duration took) {

  /** Whether Strava is content with the answer: only 200 counts. */
  public boolean accepted() {
    return status == 200;
  }
}
