package io.fitroute.simulator;

/** What kind of credential a request carried, whether it counted or not. */
public enum CredentialKind {
  NONE,
  /** An {@code Authorization: Bearer} header. */
  BEARER,
  /** HTTP Basic. */
  BASIC,
  /** A browser session's cookie. */
  COOKIE,
  /** Both a bearer token and a cookie. */
  BEARER_AND_COOKIE
}
