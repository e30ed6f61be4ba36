package io.fitroute.strava.api;

/** Strava has not, not yet or no longer what was asked for, or does not show it to this athlete. */
public final class NotAvailable extends RuntimeException {

  NotAvailable(String what) {
    super(what);
  }
}
