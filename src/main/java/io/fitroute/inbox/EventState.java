package io.fitroute.inbox;

import java.util.Locale;

/** The state of an event. All except {@link #PENDING} are final. */
public enum EventState {
  PENDING,
  DONE,
  SKIPPED,
  DEAD;

  /** The name used in the ledger and in reports: {@code pending}, {@code done}, ... */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state whose {@link #word()} this is. */
  public static EventState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
