package io.fitroute.strava;

/** A refresh token is dead: it was revoked, or another has replaced it. */
public final class RefreshRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RefreshRefused(String message) {
    super(message);
  }
}
