package io.fitroute.ledger;

/** The ledger could not do what was asked: it is full, locked, read-only, damaged or closed. */
public final class LedgerUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message) {
    super(message);
  }

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
