package io.fitroute.strava.api;

/** Strava has deactivated the API application: HTTP 403 with Application / Status / Inactive. */
public final class ApplicationInactive extends RuntimeException {

  ApplicationInactive() {
    super(
        "Strava says that the API application is inactive; since mid-2026 its owner needs a Strava"
            + " subscription");
  }
}
