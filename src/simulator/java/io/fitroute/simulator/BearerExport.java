package io.fitroute.simulator;

/**
 * How {@code export_original} treats a request without a valid browser session. Reports on the real
 * one differ.
 */
public enum BearerExport {
  /** Status 401. */
  UNAUTHORIZED,
  /** A redirect to the login page. */
  LOGIN_REDIRECT,
  /** Status 200 with the login page instead of a file. */
  LOGIN_PAGE,
  /** The owner's bearer token suffices; otherwise a redirect to the login page. */
  ALLOWED
}
