package io.fitroute.inbox;

import java.util.Locale;

/** Where an event is in its life. All but {@link #PENDING} are ends. */
public enum EventState {
  PENDING,
  DONE,
  SKIPPED,
  DEAD;

  /** As it stands in the ledger and in reports: {@code pending}, {@code done}, ... */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that {@link #word()}. */
  public static EventState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
