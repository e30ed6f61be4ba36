package io.fitroute.inbox;

/** The order in which work is done: live events, then manual requests, then history. */
public enum Priority {
  LIVE,
  MANUAL,
  HISTORY
}
