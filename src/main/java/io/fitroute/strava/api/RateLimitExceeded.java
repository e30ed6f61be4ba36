package io.fitroute.strava.api;

import java.time.Instant;

/** The API budget, or the share of it for this work, is used up. */
public final class RateLimitExceeded extends RuntimeException {

  private final Instant until;

  RateLimitExceeded(Instant until) {
    this("the API budget", until);
  }

  private RateLimitExceeded(String what, Instant until) {
    super(what + " is used up until " + until);
    this.until = until;
  }

  /** For an unknown activity, after too many that did not exist. */
  static RateLimitExceeded ofUnseen(Instant until) {
    return new RateLimitExceeded("the share of the API budget for unknown activities", until);
  }

  /** When the window ends and requests are allowed again. */
  public Instant getUntil() {
    return until;
  }
}
