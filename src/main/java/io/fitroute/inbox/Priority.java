package io.fitroute.inbox;

/** Which work goes first: what just happened, then what somebody asked for, then the past. */
public enum Priority {
  LIVE,
  MANUAL,
  HISTORY
}
