package io.fitroute.strava;

import java.time.Instant;

/** The API budget is used up. */
public final class RateLimitExceeded extends RuntimeException {

  private final Instant until;

  RateLimitExceeded(Instant until) {
    super("the API budget is used up until " + until);
    this.until = until;
  }

  /** When the window ends, so that asking is allowed again. */
  public Instant getUntil() {
    return until;
  }
}
