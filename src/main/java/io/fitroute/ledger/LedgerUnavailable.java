package io.fitroute.ledger;

import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;

/** The ledger failed: it is full, locked, read-only, damaged or closed. */
public final class LedgerUnavailable extends RuntimeException {

  public LedgerUnavailable(String message) {
    super(message);
  }

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure of a write. */
  static LedgerUnavailable notWritten(Throwable cause) {
    return new LedgerUnavailable("the ledger could not be written: " + rootOf(cause), cause);
  }

  /** The message of the root cause. */
  static String rootOf(Throwable failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
  }
}
