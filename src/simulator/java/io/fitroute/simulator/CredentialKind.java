package io.fitroute.simulator;

/** The kind of credential in a request, valid or not. */
public enum CredentialKind {
  NONE,
  /** An {@code Authorization: Bearer} header. */
  BEARER,
  /** HTTP basic authentication. */
  BASIC,
  /** A browser session's cookie. */
  COOKIE,
  /** Both a bearer token and a cookie. */
  BEARER_AND_COOKIE
}
