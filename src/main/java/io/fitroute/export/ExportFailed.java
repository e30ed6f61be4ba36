package io.fitroute.export;

/** The exports failed for reasons that may pass. */
public final class ExportFailed extends RuntimeException {

  ExportFailed(String reason) {
    super(reason);
  }
}
