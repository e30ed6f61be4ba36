package io.fitroute.strava.oauth;

/** A refresh token is dead: it was revoked, or another has replaced it. */
public final class RefreshRefused extends RuntimeException {

  public RefreshRefused(String message) {
    super(message);
  }
}
