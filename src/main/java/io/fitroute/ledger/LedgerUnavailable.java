package io.fitroute.ledger;

import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;

/** The ledger could not do what was asked: it is full, locked, read-only, damaged or closed. */
public final class LedgerUnavailable extends RuntimeException {

  public LedgerUnavailable(String message) {
    super(message);
  }

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** What could not be written, because of that. */
  static LedgerUnavailable notWritten(Throwable cause) {
    return new LedgerUnavailable("the ledger could not be written: " + rootOf(cause), cause);
  }

  /** What lies at the bottom of a failure, in words. */
  static String rootOf(Throwable failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
  }
}
