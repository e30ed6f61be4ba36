package io.fitroute.hevy;

import java.time.Instant;

/** A service requires a lower request rate. */
public final class MustWait extends RuntimeException {

  private final Instant until;

  MustWait(String service, Instant until) {
    super(service + " limits the request rate until " + until);
    this.until = until;
  }

  /** When requests are allowed again. */
  public Instant getUntil() {
    return until;
  }
}
