package io.fitroute.strava.webhook;

/** An invalid request. The message says what was found and what is allowed. */
public class RequestRefused extends RuntimeException {
  private final int status;
  private final String field;

  /**
   * @param status the HTTP status of the response
   */
  public RequestRefused(int status, String message) {
    this(status, "", message);
  }

  /**
   * @param field the invalid field of the body; empty for other problems
   */
  public RequestRefused(int status, String field, String message) {
    super(message);
    this.status = status;
    this.field = field;
  }

  /** The HTTP status of the response. */
  public int status() {
    return status;
  }

  String field() {
    return field;
  }
}
