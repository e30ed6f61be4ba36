package io.fitroute.export;

import java.time.Instant;

/** No export can be made with the credentials there are; worth another look at a later time. */
public final class ExportMustWait extends RuntimeException {

  private final Instant until;

  ExportMustWait(String reason, Instant until) {
    super(reason);
    this.until = until;
  }

  public Instant getUntil() {
    return until;
  }
}
