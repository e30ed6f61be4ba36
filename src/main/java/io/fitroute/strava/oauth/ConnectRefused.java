package io.fitroute.strava.oauth;

/**
 * An athlete could not be connected. The message tells the athlete and the operator why and what to
 * do.
 */
public final class ConnectRefused extends RuntimeException {

  /** The status for too many requests from one address. */
  static final int TOO_MANY = 429;

  private final int status;

  /**
   * @param status the HTTP status of the response
   */
  ConnectRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
