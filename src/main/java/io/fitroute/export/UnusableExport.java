package io.fitroute.export;

/** What the exports gave cannot be used, and asking again would not change that. */
public final class UnusableExport extends RuntimeException {

  public UnusableExport(String reason) {
    super(reason);
  }
}
