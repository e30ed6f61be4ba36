package io.fitroute.strava.api;

/** Strava does not have the resource, not yet or no longer, or does not show it to this athlete. */
public final class NotAvailable extends RuntimeException {

  NotAvailable(String what) {
    super(what);
  }
}
