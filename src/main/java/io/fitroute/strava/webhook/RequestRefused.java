package io.fitroute.strava.webhook;

/** A request that is not what it has to be. The message says what was found and what is allowed. */
public class RequestRefused extends RuntimeException {
  private final int status;
  private final String field;

  /**
   * @param status of the HTTP answer that tells it
   */
  public RequestRefused(int status, String message) {
    this(status, "", message);
  }

  /**
   * @param field the field of the body that is wrong; empty when it is something else
   */
  public RequestRefused(int status, String field, String message) {
    super(message);
    this.status = status;
    this.field = field;
  }

  /** Of the HTTP answer that tells it. */
  public int status() {
    return status;
  }

  String field() {
    return field;
  }
}
