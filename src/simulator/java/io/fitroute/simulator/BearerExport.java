package io.fitroute.simulator;

/**
 * How {@code export_original} treats a request without a valid browser session. What the real one
 * does is reported differently by different people.
 */
public enum BearerExport {
  /** Status 401. */
  UNAUTHORIZED,
  /** A redirect to the login page. */
  LOGIN_REDIRECT,
  /** Status 200 with the login page instead of a file. */
  LOGIN_PAGE,
  /** A valid bearer token of the owner suffices; otherwise a redirect to the login page. */
  ALLOWED
}
