package io.fitroute.export;

/** The exported files are unusable, and a retry would not change that. */
public final class UnusableExport extends RuntimeException {

  public UnusableExport(String reason) {
    super(reason);
  }
}
