package io.fitroute.export;

import java.time.Instant;

/** No export is possible with the current credentials; worth retrying later. */
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
