package io.fitroute.export;

/** The exports failed for reasons that may pass. */
public final class ExportFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExportFailed(String reason) {
    super(reason);
  }
}
