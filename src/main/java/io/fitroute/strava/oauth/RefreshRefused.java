package io.fitroute.strava.oauth;

/** A refresh token is no longer valid: it was revoked, or replaced by another. */
public final class RefreshRefused extends RuntimeException {

  public RefreshRefused(String message) {
    super(message);
  }
}
