package io.fitroute.strava.api;

import java.time.Instant;

/** The API budget is used up, or the share of it that is meant for this. */
public final class RateLimitExceeded extends RuntimeException {

  private final Instant until;

  RateLimitExceeded(Instant until) {
    this("the API budget", until);
  }

  private RateLimitExceeded(String what, Instant until) {
    super(what + " is used up until " + until);
    this.until = until;
  }

  /** For an activity that nobody has seen, after too many of which Strava knows nothing. */
  static RateLimitExceeded ofUnseen(Instant until) {
    return new RateLimitExceeded("the share of the API budget for unknown activities", until);
  }

  /** When the window ends, so that asking is allowed again. */
  public Instant getUntil() {
    return until;
  }
}
