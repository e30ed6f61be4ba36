package io.fitroute.strava.oauth;

/**
 * An athlete could not be connected. The message is a sentence that says why, and what to do, to
 * the athlete as well as to whoever runs the service.
 */
public final class ConnectRefused extends RuntimeException {

  /** The status for too many from one address. */
  static final int TOO_MANY = 429;

  private final int status;

  /**
   * @param status of the HTTP answer that tells it
   */
  ConnectRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
